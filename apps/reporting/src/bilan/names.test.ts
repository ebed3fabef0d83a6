import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Sums } from '../cells/measures.js';
import type { Cell } from '../cells/read-cells.js';
import { bilanSheets } from '../exports/bilan-sheets.js';
import { merged } from '../read-model/changes.js';
import { bilanOf } from './bilan.js';
import { shownTo } from './rights.js';

/** Names that every object has, that a database or a language means something by, and any other. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...Object.getOwnPropertyNames(Object.prototype),
    'prototype',
    '$where',
    '$',
    'a.b',
    '.',
    '%',
    '%zz',
    ' ',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 1000, maxLength: 2000 }),
);
const { GPECT_FUZZ_NAMES = 500, GPECT_FUZZ_SEED } = process.env;
const CAMPAIGN = { numRuns: Number(GPECT_FUZZ_NAMES), ...(GPECT_FUZZ_SEED ? { seed: Number(GPECT_FUZZ_SEED) } : {}) };

function cellOf(at: Cell['at'], names: readonly string[]): Cell {
  const sums = new Sums();
  for (const name of names) {
    sums.add(`spend:funder:${name}`, 7);
    sums.add(`spend:scheme:${name}`, 7);
    sums.add(`participation:NONE:${name.replaceAll(':', '')}`, 1);
    sums.add(`survey:trend:${name.replaceAll(':', '')}:UP`, 1);
    sums.add(`survey:asked:${name}`, 4);
  }
  return { at, sums, tops: () => [] };
}

test('whatever things are called, the bilan counts each under its own name, masked or not, to everybody and in a document', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 8 }), fc.boolean(), (names, masked) => {
      const bilan = bilanOf({
        programme: {
          _id: 'p',
          name: 'P',
          opensOn: '2007-01-01',
          closesOn: '2013-12-31',
          basins: names,
          basinNames: {},
        } as never,
        scope: { at: {} },
        actions: names.map((name) => ({ _id: name, programme: 'p', action: name, platforms: [...names] })) as never,
        total: cellOf({}, names),
        byBasin: names.map((basin) => cellOf({ basin }, names)),
        byAction: names.map((action) => cellOf({ action }, names)),
        refusals: names.map((file, i) => ({
          _id: `${i}`,
          file,
          of: file,
          sequence: 1,
          lines: [{ line: 2, reason: file }],
        })) as never,
        spendFiles: [],
        practices: [
          {
            _id: 's',
            funder: names[0],
            surveyedOn: '2012-01-01',
            firmsSeen: 3,
            practices: names.map((practice) => ({ practice, firms: 2 })),
          },
        ] as never,
        exchanges: [],
        positions: new Map(names.map((name) => [`${name}/0`, 1])),
        masked,
      });
      const sorted = [...names].sort();
      const { spend, byBasin, byAction, practices, provenance } = JSON.parse(JSON.stringify(bilan)) as typeof bilan;
      for (const record of [byBasin, byAction, practices.firms, spend.refused])
        expect(Object.keys(record).sort()).toEqual(sorted);
      expect(Object.keys(provenance.topics).sort()).toEqual(sorted);
      for (const { name, actions } of bilan.platforms) expect([names.includes(name), actions]).toEqual([true, sorted]);
      expect(bilan.platforms).toHaveLength(names.length);
      expect(spend.refusedLines).toBe(names.length);
      if (!masked) expect(Object.values(spend.byFunderCents)).toEqual(names.map(() => 7));
      const known = { basins: {}, actions: {} };
      for (const lang of ['fr', 'en'] as const)
        expect(
          bilanSheets(bilan, known, lang)[1]
            ?.rows.map(([name]) => name)
            .sort(),
        ).toEqual(sorted);
      const grant = { caller: { roles: ['funder'] }, only: () => [names[0] ?? ''] };
      expect(Object.keys(shownTo(grant as never, bilan, []).spend.byFunderCents).length).toBeLessThanOrEqual(1);
    }),
    CAMPAIGN,
  );
});

test('whatever an added field is called, two changes of one document add up under it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { maxLength: 5 }), (names) => {
      const add = Object.fromEntries(names.map((name) => [name, 1]));
      const latest = Object.fromEntries(names.map((name) => [name, '2010-01-01']));
      const change = { collection: 'firms' as const, id: 'f', set: {}, add, latest };
      const [both] = merged([change, change]);
      expect(Object.entries(both?.add ?? {})).toEqual(Object.keys(add).map((name) => [name, 2]));
      expect(Object.keys(both?.latest ?? {})).toEqual(Object.keys(latest));
    }),
    CAMPAIGN,
  );
});
