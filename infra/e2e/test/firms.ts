import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE } from './harness.js';

/** SIRET of the firms of the sample. */
export const SIRETS = readdirSync(join(SAMPLE, 'detections')).flatMap((file) =>
  readFileSync(join(SAMPLE, 'detections', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 14)),
);
