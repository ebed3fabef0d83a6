import type { Readable } from 'node:stream';
import { dictionary } from '@gpect/domain-values/records';
import { mediaTypeOf } from '@gpect/service-kit/http/content-type';
import busboy from 'busboy';
import type { Request } from 'express';
import { fileNameOf } from './file-name.js';
import { uploadProblem } from './upload-messages.js';

export interface Upload {
  /** The name that the sender gave, without folders. */
  readonly fileName: string;
  readonly stream: Readable;
  /** The form's fields that came before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What of a form is held in memory: its fields, their names and the headers of its parts. */
const LIMITS = { files: 1, fields: 20, parts: 30, fieldSize: 400_000, fieldNameSize: 200, headerPairs: 50 };
/** A file that is the body itself has no name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['text/csv', 'fichier.csv'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'fichier.xlsx'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'fichier.ods'],
]);

/** The one file of a request, as a stream: it is never held whole in memory. */
export async function receiveFile(request: Request): Promise<Upload> {
  const name = NAMES.get(mediaTypeOf(request.headers['content-type']) ?? '');
  return name ? { fileName: name, stream: request, fields: {} } : fileOfForm(request);
}

function fileOfForm(request: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const noFile = () => reject(uploadProblem('no_file'));
    let form: busboy.Busboy;
    try {
      form = busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
    } catch {
      noFile();
      return;
    }
    const fields = dictionary<string>();
    let file: Readable | undefined;
    const broken = (why: string) => {
      const problem = uploadProblem('malformed', { why });
      file?.destroy(problem);
      reject(problem);
    };
    form.on('field', (name, value, { valueTruncated, nameTruncated }) => {
      if (valueTruncated || nameTruncated)
        broken(`the form field ${name.slice(0, 40)} is longer than ${LIMITS.fieldSize} bytes`);
      else fields[name] = value;
    });
    form.on('fieldsLimit', () => broken(`a form has at most ${LIMITS.fields} fields beside its file`));
    form.once('file', (_field, stream, { filename }) => {
      file = stream;
      // Who reads it is told by the iteration; a form that breaks once the file was refused has no reader any more.
      stream.on('error', () => undefined);
      request.once('aborted', () => stream.destroy(new Error('the sender went away')));
      try {
        resolve({ fileName: fileNameOf(filename || 'fichier'), stream, fields });
      } catch (error) {
        stream.resume();
        reject(error);
      }
    });
    // A malformed form says so more than once.
    form.on('error', (error) => broken(String(error)));
    form.once('close', noFile);
    request.pipe(form);
  });
}
