import { inProgramme } from '@gpect/domain-values/identifiers';

/** Where something was said: a file, as lines name it, and its line. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** What a file is known by: `<programme>/<funder>/<SHA-256 of its bytes>`. */
export function fileIdOf(programme: string, funder: string, sha256: string): string {
  return inProgramme(programme, funder, sha256);
}

/** How everything begins that a file's funder has in its programme: its files, and the keys of its lines. */
export function ofFunder(fileId: string): string {
  return fileId.slice(0, fileId.lastIndexOf('/') + 1);
}

/**
 * How a line names a file that says it: there are millions of lines, so by the first 16 digits of its SHA-256, which are unique
 * among its funder's files.
 */
export function nameInLines(fileId: string): string {
  return fileId.slice(ofFunder(fileId).length).slice(0, 16);
}

/** The place of a line of a file. */
export function originIn(fileId: string, line: number): Origin {
  return { file: nameInLines(fileId), line };
}

/** Whether something was said in a file. */
export function isIn(fileId: string, origin: Origin | undefined): boolean {
  return origin?.file === nameInLines(fileId);
}
