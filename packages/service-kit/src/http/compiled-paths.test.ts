import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { keeping } from './compiled-paths.js';

test('a path is compiled once, for each way that upper case and a last slash are taken', () => {
  const asked: string[] = [];
  const compile = keeping((path, { sensitive, strict }) => {
    asked.push(`${path} ${sensitive} ${strict}`);
    return { path };
  });
  const ways = [{ sensitive: false, strict: false }, { sensitive: true, strict: false }, { strict: true }];
  const first = ways.map((way) => compile('/a/:b', way));
  expect(ways.map((way) => compile('/a/:b', { ...way }))).toEqual(first);
  expect(compile('/a/:c', {})).not.toBe(first[0]);
  expect(asked).toHaveLength(4);
});

test('the validator of contracts compiles by it', () => {
  const validator = createRequire(createRequire(import.meta.url).resolve('express-openapi-validator'));
  const { pathToRegexp } = validator('path-to-regexp') as { pathToRegexp: (path: string, options: object) => object };
  expect(pathToRegexp('/partners/:partner', {})).toBe(pathToRegexp('/partners/:partner', {}));
});
