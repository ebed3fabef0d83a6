import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { deprecationsInContracts, EVENT_TYPES, examplesOf, faultsOf } from '../event-contracts.js';
import { CASTS } from './casts.js';
import { castTo, newestOf, versionsOf } from './versions.js';

const bundle = JSON.parse(readFileSync('generated/events.json', 'utf8')) as {
  events: { type: string; schema: { properties: Record<string, { enum?: unknown[] }> } }[];
};
const nameOf = (type: string) => type.replace(/\.v\d+$/, '');
const numberOf = (type: string) => Number(/\.v(\d+)$/.exec(type)?.[1]);

test('every version that has a newer one has a cast to it, one step at a time', () => {
  const later = EVENT_TYPES.filter((type) => numberOf(type) > 1);
  expect(later.length).toBeGreaterThan(0);
  expect(CASTS.map(({ to }) => to).sort()).toEqual([...later].sort());
  for (const { from, to } of CASTS) {
    expect(nameOf(from)).toBe(nameOf(to));
    expect(numberOf(to)).toBe(numberOf(from) + 1);
  }
});

describe.each(CASTS)('$from and $to', ({ from, to }) => {
  /** The examples, with each value that an enumeration of a field allows. */
  const variants = (type: typeof from) => {
    const properties = schemaOf(type).properties;
    return examplesOf(type).flatMap((example) => [
      example,
      ...Object.entries(properties).flatMap(([name, { enum: values = [] }]) =>
        values.map((value) => ({ ...(example as object), [name]: value })),
      ),
    ]);
  };

  test('what was said in the old version keeps the contract of the new one, and comes back as it was', () => {
    for (const data of variants(from)) {
      const up = castTo(to, { type: from, data });
      expect(faultsOf(to, up.data)).toEqual([]);
      expect(castTo(from, up)).toEqual({ type: from, data });
    }
  });

  test('what is said in the new version keeps the contract of the old one', () => {
    const said = variants(to);
    expect(said.length).toBeGreaterThan(1);
    for (const data of said) expect(faultsOf(from, castTo(from, { type: to, data }).data)).toEqual([]);
  });

  test('the old one says when it ends, and what replaces it', () => {
    expect(deprecationsInContracts().find(({ contract }) => contract === from)).toMatchObject({ replacedBy: to });
    expect(newestOf(from)).toBe(newestOf(to));
    expect(versionsOf(from)).toContain(to);
  });
});

test('an old reader hears of a video as of a call', () => {
  const [example] = examplesOf('fr.gpect.enrolment.firm-contacted.v2');
  expect(
    castTo('fr.gpect.enrolment.firm-contacted.v1', { type: 'fr.gpect.enrolment.firm-contacted.v2', data: example })
      .data,
  ).toMatchObject({ means: 'CALL' });
});

test('two events that are not versions of each other have no cast', () => {
  expect(() =>
    castTo('fr.gpect.enrolment.firm-enrolled.v1', { type: 'fr.gpect.enrolment.firm-contacted.v1', data: {} }),
  ).toThrow('no casts lead');
});

function schemaOf(type: string): { properties: Record<string, { enum?: unknown[] }> } {
  const found = bundle.events.find((event) => event.type === type);
  if (!found) throw new Error(type);
  return found.schema;
}
