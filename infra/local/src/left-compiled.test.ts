import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { removeLeftCompiled } from '../left-compiled.mjs';

test('what is compiled goes with its source, and nothing else does', () => {
  const root = mkdtempSync(join(tmpdir(), 'gpect-compiled-'));
  const file = (name: string) => join(root, 'packages/values/', name);
  const names = [
    'src/here/kept.ts',
    'dist/here/kept.js',
    'dist/here/moved.js',
    'dist/here/moved.d.ts',
    'dist/data.json',
  ];
  try {
    for (const name of names) {
      mkdirSync(dirname(file(name)), { recursive: true });
      writeFileSync(file(name), '');
    }
    expect(removeLeftCompiled(root)).toEqual([file('dist/here/moved.js')]);
    expect(names.filter((name) => existsSync(file(name)))).toEqual([
      'src/here/kept.ts',
      'dist/here/kept.js',
      'dist/data.json',
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
