import { parentPort, workerData } from 'node:worker_threads';
import { ZipArchive } from './archives.js';
import type { Asked, Told } from './isolated-workbook.js';
import type { Row } from './table.js';
import { FileUnreadable } from './unreadable.js';
import { openSheets, type WorkbookFormat } from './workbook.js';

/** The thread in which a workbook is read: what happens to it happens to nobody else. It gives what it is asked for, one batch at a time. */
const { path, format, wanted, signMs } = workerData as {
  path: string;
  format: WorkbookFormat;
  wanted: readonly string[];
  signMs: number;
};
const port = parentPort;
if (!port) throw new Error('this is read by a thread alone');
const tell = (told: Told) => port.postMessage(told);

// A sign that it gets on, given between two pieces of work: whoever is caught in one gives none.
setInterval(() => tell({ kind: 'alive' }), signMs).unref();

async function answering(work: () => Promise<Told>): Promise<void> {
  try {
    tell(await work());
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error;
    tell({ kind: 'unreadable', message: error.key, params: error.params, ...(error.line ? { line: error.line } : {}) });
  }
}

const archive = await ZipArchive.open(path);
let rows: (part: number) => AsyncGenerator<Row[]> = () => {
  throw new Error('not open');
};
let reading: AsyncGenerator<Row[]> | undefined;

port.on('message', (asked: Asked) => {
  void answering(async () => {
    if (asked.kind === 'begin') {
      await reading?.return(undefined);
      reading = rows(asked.part);
    }
    const { done, value } = (await reading?.next()) ?? { done: true, value: undefined };
    return done ? { kind: 'end' } : { kind: 'rows', rows: value };
  });
});

await answering(async () => {
  const workbook = await openSheets(archive, format, wanted);
  rows = (part) => workbook.rows(part);
  return { kind: 'open', parts: workbook.parts, remarks: workbook.remarks };
});
