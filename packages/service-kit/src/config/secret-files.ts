import { readFileSync, statSync } from 'node:fs';
import { own } from '@gpect/domain-values/records';

/** What a file of one value may hold. */
const MOST_BYTES = 64 * 1024;

/** The variable that names the file of another one's value, as Docker and Kubernetes give secrets. */
export const fileVariable = (name: string): string => `${name}_FILE`;

interface Given {
  /** The environment with the values that files hold. */
  readonly env: NodeJS.ProcessEnv;
  /** By variable, what is wrong with how its value is given: never with the value, nor with the path (it may be the value, misplaced). */
  readonly faults: ReadonlyMap<string, string>;
}

/** Takes each of these variables from its file where one is named. An empty text is no name and no value. */
export function withFileValues(env: NodeJS.ProcessEnv, names: readonly string[]): Given {
  const values = new Map<string, string>();
  const faults = new Map<string, string>();
  for (const name of names) {
    const path = own(env, fileVariable(name));
    if (!path) continue;
    if (own(env, name)) {
      faults.set(name, `is given twice, by itself and by ${fileVariable(name)}: keep one of them`);
      continue;
    }
    const content = contentOf(path);
    if ('value' in content) values.set(name, content.value);
    else faults.set(fileVariable(name), content.fault);
  }
  return { env: { ...env, ...Object.fromEntries(values) }, faults };
}

/** All but one last end of line, which editors and `echo` write. */
function contentOf(path: string): { value: string } | { fault: string } {
  let text: string;
  try {
    if (statSync(path).size > MOST_BYTES) return { fault: `names a file of more than ${MOST_BYTES} bytes` };
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return { fault: faultOfFile(error) };
  }
  const value = text.replace(/\r?\n$/, '');
  return value === '' ? { fault: 'names a file that is empty' } : { value };
}

const FAULTS = new Map([
  ['ENOENT', 'names a file that does not exist'],
  ['ENOTDIR', 'names a file that does not exist'],
  ['EACCES', 'names a file that this process may not read'],
  ['EPERM', 'names a file that this process may not read'],
  ['EISDIR', 'names a folder, not a file'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'names a file that is not text in UTF-8'],
]);

function faultOfFile(error: unknown): string {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return FAULTS.get(code) ?? `names a file that cannot be read (${code})`;
}
