import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { SourceWatch } from './source-watch.js';

const root = mkdtempSync(join(tmpdir(), 'gpect-watch-'));
let watching: SourceWatch | undefined;
afterEach(() => {
  watching?.stop();
  rmSync(root, { recursive: true, force: true });
});

test('a file that is written, replaced, new in a new folder, or gone is told once each', async () => {
  mkdirSync(join(root, 'src'), { recursive: true });
  for (const name of ['a.ts', 'b.ts', 'c.ts']) writeFileSync(join(root, 'src', name), 'one');
  const told: string[][] = [];
  watching = new SourceWatch(root, ['src'], (files) => told.push(files));
  const after = async (edit: () => void) => {
    told.length = 0;
    edit();
    const deadline = Date.now() + 5000;
    while (told.length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    return told.flat();
  };

  expect(await after(() => writeFileSync(join(root, 'src/a.ts'), 'another'))).toEqual(['src/a.ts']);
  const replace = () => {
    writeFileSync(join(root, 'draft'), 'one');
    renameSync(join(root, 'draft'), join(root, 'src/b.ts'));
  };
  expect(await after(replace)).toEqual(['src/b.ts']);
  expect(
    await after(() => {
      mkdirSync(join(root, 'src/new'));
      writeFileSync(join(root, 'src/new/d.ts'), 'one');
    }),
  ).toEqual(['src/new/d.ts']);
  expect(await after(() => writeFileSync(join(root, 'src/new/d.ts'), 'another'))).toEqual(['src/new/d.ts']);
  expect(await after(() => rmSync(join(root, 'src/c.ts')))).toEqual(['src/c.ts']);
});

test('a folder that goes and comes back, as where branches change, is watched again, and its loss ends nothing', async () => {
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  writeFileSync(join(root, 'src/deep/a.ts'), 'one');
  const told: string[] = [];
  watching = new SourceWatch(root, ['src'], (files) => told.push(...files));
  const until = async (holds: () => boolean) => {
    const deadline = Date.now() + 5000;
    while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toContain('src/deep/a.ts');
    told.length = 0;
  };
  for (const folder of ['src/deep', 'src']) {
    rmSync(join(root, folder), { recursive: true });
    await until(() => told.length > 0);
    mkdirSync(join(root, 'src/deep'), { recursive: true });
    writeFileSync(join(root, 'src/deep/a.ts'), 'two');
    await until(() => told.length > 0);
    writeFileSync(join(root, 'src/deep/a.ts'), 'three');
    await until(() => told.length > 0);
  }
});
