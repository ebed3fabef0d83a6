import { Problem } from '@gpect/service-kit/http/problem';
import { expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { requireKnown } from './scope.js';

const documents = {
  programme: { _id: 'p', name: 'P', basins: ['lens', 'lille'] },
  actions: [
    { _id: 'p/a', programme: 'p', action: 'a', startsOn: '2009-01-01', carriers: [{ code: 'cci', name: 'CCI' }] },
  ],
} as never;

const refused = (at: At): unknown => {
  try {
    requireKnown(at, documents);
    return undefined;
  } catch (error) {
    return error instanceof Problem
      ? { status: error.status, said: error.more.errors?.[0]?.detail ?? error.more.detail }
      : error;
  }
};

test.each([
  {},
  { basin: 'lens' },
  { action: 'a', carrier: 'cci', wave: '2009' },
  { carrier: 'medef', section: 'Z', year: '2150' },
])('%j is what a programme may have', (at) => {
  expect(refused(at)).toBeUndefined();
});

test.each([
  [{ basin: 'nulle-part' }, /lens, lille/],
  [{ action: 'b' }, /has a$/],
  [{ wave: '1999' }, /has 2009$/],
] as const)('%j is refused with what there is', (at, said) => {
  expect(refused(at)).toEqual({ status: 404, said: expect.stringMatching(said) });
});
