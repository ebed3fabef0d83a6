import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Options, transformFile } from '@swc/core';

/** Types are taken away and nothing else is done, as Jest does it: what TypeScript finds wrong is for the editor to say. */
const OPTIONS: Options = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript' },
    target: 'es2023',
    transform: { verbatimModuleSyntax: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** A source that cannot be compiled. */
export interface SyntaxFault {
  readonly file: string;
  readonly reason: string;
}

/** Compiles sources, named from the root, each into `.dev` of its workspace; what was compiled before stays where one is wrong. */
export async function compile(root: string, sources: readonly string[]): Promise<SyntaxFault[]> {
  const faults = await Promise.all(sources.map((file) => compileOne(root, file)));
  return faults.filter((fault) => fault !== undefined);
}

async function compileOne(root: string, file: string): Promise<SyntaxFault | undefined> {
  const output = join(root, compiledFileOf(file));
  if (!existsSync(join(root, file))) {
    await rm(output, { force: true });
    return undefined;
  }
  try {
    const sourceFileName = relative(dirname(output), join(root, file));
    const { code } = await transformFile(join(root, file), { ...OPTIONS, sourceFileName });
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, code);
    return undefined;
  } catch (error) {
    return { file, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** apps/enrolment/src/firm-case/routes.ts is apps/enrolment/.dev/firm-case/routes.js. */
export function compiledFileOf(source: string): string {
  return source.replace('/src/', '/.dev/').replace(/\.ts$/, '.js');
}
