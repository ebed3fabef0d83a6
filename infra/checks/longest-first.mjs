// The order in which Jest takes the files of a workspace: those that take longest first, so that no long one is left to
// run alone at the end while the second worker has nothing to do. A fresh clone knows of no earlier run, and Jest would
// go by the length of the files. How long they take is kept in test-seconds.json, which test-seconds.mjs writes.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const seconds = JSON.parse(readFileSync(join(here, 'test-seconds.json'), 'utf8'));

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const took = (test) => seconds[relative(root, test.path).split(sep).join('/')] ?? 0;
    return [...super.sort(tests)].sort((a, b) => took(b) - took(a));
  }
}
