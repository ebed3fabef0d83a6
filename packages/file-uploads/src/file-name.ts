import { nameFault } from '@gpect/domain-values/text';
import { uploadProblem } from './upload-messages.js';

/** Characters of a file's name at the most: more than file systems take is no name of a file. */
export const LONGEST_FILE_NAME = 255;

/** A name as its sender gave it, without folders. */
export const withoutFolders = (said: string): string => said.split(/[\\/]/).at(-1) ?? said;

/** What is wrong with a file's name, as the end of a sentence: the rule of every name, at every endpoint by which files come. Pure. */
export const fileNameFault = (name: string): string | undefined => nameFault(name, LONGEST_FILE_NAME);

/** The name that a file goes by. @throws Problem 400 */
export function fileNameOf(said: string): string {
  const name = withoutFolders(said);
  const fault = fileNameFault(name);
  if (fault) throw uploadProblem('file_name', { why: fault });
  return name;
}
