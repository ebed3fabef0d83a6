import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(process.cwd(), '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');

/** Operations of the HTTP endpoints, events, indicators, questions of the survey: everything that a sentence can be told by. */
function places(): Set<string> {
  const openapi = join('packages/contracts/openapi');
  const operations = readdirSync(join(root, openapi)).flatMap((file) =>
    found(read(openapi, file), /operationId: "?(\w+)/g),
  );
  const folder = join(root, 'packages/contracts/events');
  const events = readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) =>
    found(path.replaceAll('\\', '/'), /^([\w-]+\/[\w-]+)\.v\d+\.schema\.json$/g).map((name) => name.replace('/', '.')),
  );
  const indicators = ['figures', 'estimates'].flatMap((of) => {
    const folder = join('apps/reporting/src', of);
    return readdirSync(join(root, folder)).flatMap((file) => found(read(folder, file), /^ {2}id: '(\w+)'/gm));
  });
  const questions = found(read('apps/evaluation/src/questionnaire/questions.ts'), /(?:score|trend)\(\s*'(\w+)'/g);
  for (const some of [operations, events, indicators, questions]) expect(some.length).toBeGreaterThan(10);
  return new Set([...operations, ...events, ...indicators, ...questions]);
}

test('each sentence of the source has a place, and each place exists', () => {
  const rows = read('docs/source.md').match(/^\| (?:intro|\d) \|.*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(30);
  const known = places();
  for (const row of rows) {
    const named = found(row.split('|')[3] ?? '', /`([^`]+)`/g);
    expect({ row, named: named.length > 0, unknown: named.filter((name) => !known.has(name)) }).toEqual({
      row,
      named: true,
      unknown: [],
    });
  }
});
