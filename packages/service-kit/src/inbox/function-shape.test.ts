import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { type AnyFunction, functionsOf, shapeOf } from './function-shape.js';

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Functions as they stand in a text. */
const shapesIn = (code: string) => functionsOf(runInNewContext(`(${code})`)).map(shapeOf);

describe('the shape of a function', () => {
  const usual = shapesIn('(a, b) => a > 10 ? [{ id: b }] : []');

  test.each([
    ['comments', '(a, b) => /* of them */ a > 10 ? [{ id: b }] // here\n : []'],
    ['layout', '(a,b)=>a>10\n  ?[{id:b},]\n  :[]'],
    ['brackets', '(a, b) => ((a > 10) ? [({ id: b })] : [])'],
  ])('is the same whatever its %s', (_what, code) => {
    expect(shapesIn(code)).toEqual(usual);
  });

  test.each([
    ['number', '(a, b) => a > 11 ? [{ id: b }] : []'],
    ['comparison', '(a, b) => a >= 10 ? [{ id: b }] : []'],
    ['name of a field', '(a, b) => a > 10 ? [{ is: b }] : []'],
    ['order of what it is given', '(b, a) => a > 10 ? [{ id: b }] : []'],
  ])('is another one with another %s', (_what, code) => {
    expect(shapesIn(code)).not.toEqual(usual);
  });

  test.each([
    ['texts', "() => 'a'", '() => "a"', "() => 'b'"],
    ['patterns', '() => /a/u', '() => (/a/u)', '() => /b/u'],
    ['large numbers', '() => 10_000n', '() => 10000n', '() => 10001n'],
    ['parts of texts', `(a) => \`x\${a}\``, `(a) => (\`x\${a}\`)`, `(a) => \`y\${a}\``],
  ])('tells %s apart, however they are written', (_what, one, same, other) => {
    expect(shapesIn(same)).toEqual(shapesIn(one));
    expect(shapesIn(other)).not.toEqual(shapesIn(one));
  });

  test.each([
    ['a method', '{ of(a) { return a; } }'],
    ['a method that waits', '{ async of(a) { return a; } }'],
    ['a method under a text', "{ 'fr.gpect.a.v1'(a) { return a; } }"],
    ['a function', 'function of(a) { return a; }'],
  ])('is there for %s', (_what, code) => {
    expect(shapesIn(code)).toEqual([expect.stringContaining('"type":"ReturnStatement"')]);
  });

  test('is the text where there is no other', () => {
    expect(shapeOf(Math.max)).toContain('native code');
  });

  test('is the same by swc and by tsc', () => {
    const source = `({
      // What is read.
      'fr.gpect.a.v1': ({ data, sequence }: Event) => [firmChange(data as Data, { on: data.on ?? '', q: sequence!, 'r-s': 1 })],
      'fr.gpect.b.v1': (event: Event): Change[] => {
        const { programme, ...rest } = event.data;
        if (rest.count! > 1_000 && !/^"a'/.test(programme)) return [];
        for (const [name, value] of Object.entries(rest) as [string, number][]) add(name, (value as number) * 2);
        return event.data?.list.map((one: string) => ({ id: \`\${programme}/\${one}\`, set: { one } })) satisfies Change[];
      },
      async of<T extends object>(this: void, value: T) { return await value; },
    })`;
    const folder = mkdtempSync(join(tmpdir(), 'shape-'));
    writeFileSync(join(folder, 'keeper.ts'), source);
    const options = ['--noCheck', '--target', 'ES2023', '--module', 'ESNext', '--ignoreConfig', 'keeper.ts'];
    execFileSync(process.execPath, [TSC, ...options], { cwd: folder });
    const tsc = readFileSync(join(folder, 'keeper.js'), 'utf8');
    rmSync(folder, { recursive: true });
    const swc = transformSync(source, {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
      module: { type: 'es6' },
    }).code;
    const [one, other] = [tsc, swc].map((code) => functionsOf(runInNewContext(code)));
    const texts = (all: AnyFunction[] = []) => all.map(String);
    expect(texts(one)).not.toEqual(texts(other));
    expect(one?.map(shapeOf)).toHaveLength(3);
    expect(one?.map(shapeOf)).toEqual(other?.map(shapeOf));
  });
});

test('functions are found deep down, each once, in a thing that holds itself too', () => {
  const [a, b] = [() => 1, () => 2];
  const thing: Record<string, unknown> = { name: 'x', reads: { b, list: [a, 3, null] }, again: a };
  thing['self'] = thing;
  expect(functionsOf(thing)).toEqual([b, a]);
});
