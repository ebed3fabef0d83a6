import { own } from '@gpect/domain-values/records';
import { type CleanedEnv, cleanEnv, type ValidatorSpec } from 'envalid';
import { cannotStart, type Exit } from './cannot-start.js';
import { fileVariable, withFileValues } from './secret-files.js';

/** What is wrong with a value, in our own words: a library's text may hold the value itself, and with it a password. */
export class ConfigurationFault extends Error {}

type Specs = Readonly<Record<string, ValidatorSpec<unknown>>>;

interface Said {
  readonly desc?: string;
  readonly example?: string;
  readonly fromFile?: boolean;
}

/** Marks a variable whose value may come from a file that `NAME_FILE` names: every secret is one. */
export function orFile<T>(spec: ValidatorSpec<T>): ValidatorSpec<T> {
  return Object.assign({ ...spec }, { fromFile: true });
}

export const comesByFile = (spec: ValidatorSpec<unknown>): boolean => (spec as Said).fromFile === true;

/**
 * Reads and checks variables of the environment. On faults it names all of them at once, never with a value, and ends the process.
 * @param together what values are wrong only beside each other, by variable
 */
export function readEnvironment<S extends Specs>(
  given: NodeJS.ProcessEnv,
  specs: S,
  together: (values: CleanedEnv<S>) => Readonly<Record<string, string>> = () => ({}),
  exit?: Exit,
): CleanedEnv<S> {
  const byFile = Object.keys(specs).filter((name) => comesByFile(own(specs, name) as ValidatorSpec<unknown>));
  const { env, faults: faultsOfFiles } = withFileValues(given, byFile);
  const values = cleanEnv(env, specs, {
    reporter: ({ errors }) => {
      const named = Object.entries(errors).filter(
        ([name]) => !faultsOfFiles.has(name) && !faultsOfFiles.has(fileVariable(name)),
      );
      const faults = [
        ...named.map(([name, error]) => faultOf(name, error, own(specs, name) as Said, env)),
        ...[...faultsOfFiles].map(([name, fault]) => `${name} ${fault}`),
      ];
      if (faults.length > 0) cannotStart(`its configuration has ${faults.length} fault(s)`, faults, exit);
    },
  });
  const more = Object.entries(together(values)).map(([name, fault]) => `${name} ${fault}`);
  if (more.length > 0) cannotStart(`its configuration has ${more.length} fault(s)`, more, exit);
  // A plain copy: envalid's own throws where anything looks for a name that it lacks.
  return { ...values };
}

function faultOf(name: string, error: unknown, { desc, example, fromFile }: Said, env: NodeJS.ProcessEnv): string {
  const fault = error instanceof ConfigurationFault ? error.message : 'has a value that is not valid';
  const orByFile = fromFile ? ` (and so is ${fileVariable(name)}, the path of a file that holds it)` : '';
  const what = own(env, name) === undefined ? `is missing${orByFile}` : fault;
  return `${name} ${what} — ${desc ?? ''}${example ? `, e.g. ${example}` : ''}`;
}
