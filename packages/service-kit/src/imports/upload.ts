import type { Readable } from 'node:stream';
import { dictionary } from '@gpect/domain-values/records';
import busboy from 'busboy';
import type { Request } from 'express';
import { Problem } from '../http/problem.js';

export interface Upload {
  /** The name that the sender gave, without folders. */
  readonly fileName: string;
  readonly stream: Readable;
  /** The form's fields that came before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The one file of a multipart request, as a stream: it is never held whole in memory. */
export function receiveFile(request: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const noFile = () =>
      reject(new Problem(400, 'no-file', 'No file', { detail: 'send one multipart part with a file name' }));
    let form: busboy.Busboy;
    try {
      form = busboy({ headers: request.headers, limits: { files: 1 }, defParamCharset: 'utf8' });
    } catch {
      noFile();
      return;
    }
    const fields = dictionary<string>();
    form.on('field', (name, value) => {
      fields[name] = value;
    });
    form.once('file', (_field, stream, { filename }) => {
      // Who reads it is told by the iteration; a form that breaks once the file was refused has no reader any more.
      stream.on('error', () => undefined);
      request.once('aborted', () => stream.destroy(new Error('the sender went away')));
      resolve({ fileName: (filename ?? 'file').split(/[\\/]/).at(-1) ?? 'file', stream, fields });
    });
    // A malformed form says so more than once.
    form.on('error', (error) => reject(new Problem(400, 'malformed', 'Malformed upload', { detail: String(error) })));
    form.once('close', noFile);
    request.pipe(form);
  });
}
