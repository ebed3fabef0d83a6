import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bilanSheets } from '../exports/bilan-sheets.js';
import { merged } from '../facts/change.js';
import { refusedLines } from '../programmes/documents.js';
import { shownTo } from '../routes/rights.js';
import { type ToldCell, type ToldNumber, toldOf } from '../secrecy/told.js';
import { bilanOf } from './bilan.js';

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
const { GPECT_FUZZ_NAMES = 500 } = process.env;
const CAMPAIGN = { numRuns: Number(GPECT_FUZZ_NAMES) };

function cellOf(at: ToldCell['at'], names: readonly string[], masked: boolean): ToldCell {
  const numbers = new Map<string, ToldNumber>();
  const add = (measure: string, value: number) => numbers.set(measure, masked ? null : [value, 3]);
  for (const name of names) {
    add(`spend:funder:${name}`, 7);
    add(`spend:scheme:${name}`, 7);
    add(`participation:${name.replaceAll(':', '')}`, 1);
    add(`survey:trend:${name.replaceAll(':', '')}:UP`, 1);
    add(`survey:asked:${name}`, 4);
  }
  return toldOf(at, numbers);
}

test('whatever things are called, the bilan counts each under its own name, masked or not, to everybody and in a document', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 8 }), fc.boolean(), (names, masked) => {
      const bilan = bilanOf({
        documents: {
          programme: {
            _id: 'p',
            name: 'P',
            opensOn: '2007-01-01',
            closesOn: '2013-12-31',
            basins: names,
            basinNames: {},
          } as never,
          actions: names.map((name) => ({
            _id: name,
            programme: 'p',
            action: name,
            platforms: [...names],
            platformLives: Object.fromEntries(names.map((platform) => [fieldName(platform), { establishedOn: '' }])),
          })) as never,
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
          samples: [],
          questionnaires: [],
          verbatims: { told: [], withheld: 0 },
          refused: refusedLines(
            names.map((file, i) => ({
              _id: `${i}`,
              programme: 'p',
              file,
              of: file,
              sequence: 1,
              lines: [{ line: 2, reason: file }],
            })),
            [],
          ),
          refusedLines: names.length,
        },
        scope: { at: {} },
        total: cellOf({}, names, masked),
        byBasin: names.map((basin) => cellOf({ basin }, names, masked)),
        byAction: names.map((action) => cellOf({ action }, names, masked)),
        estimates: [],
        cuts: { theme: names.map((theme) => cellOf({ theme }, names, masked)) },
        beingCounted: [],
        positions: new Map(names.map((name) => [`${name}/0`, 1])),
      });
      const sorted = [...names].sort();
      const { spend, byBasin, byAction, practices, provenance } = JSON.parse(JSON.stringify(bilan)) as typeof bilan;
      for (const record of [byBasin, byAction, practices.firms, spend.refused])
        expect(Object.keys(record).sort()).toEqual(sorted);
      expect(Object.keys(provenance.topics).sort()).toEqual(sorted);
      for (const { name, actions, state } of bilan.platforms)
        expect([names.includes(name), actions, state]).toEqual([true, sorted, 'ALIVE']);
      expect(bilan.platforms).toHaveLength(names.length);
      expect(spend.refusedLines).toBe(names.length);
      if (!masked) expect(Object.values(spend.byFunderCents)).toEqual(names.map(() => 7));
      expect(Object.keys(bilan.details['spend']?.parts ?? {})).toHaveLength(2 * names.length);
      const known = { basins: {}, actions: {} };
      for (const lang of ['fr', 'en'] as const)
        expect(
          bilanSheets(bilan, known, lang)[1]
            ?.rows.map(([name]) => name)
            .sort(),
        ).toEqual(sorted);
      const grant = { caller: { roles: ['funder'] }, only: () => [names[0] ?? ''] };
      const shown = shownTo(grant as never, bilan, []);
      expect(Object.keys(shown.spend.byFunderCents).length).toBeLessThanOrEqual(1);
      const funders = Object.keys(shown.details['spend']?.parts ?? {}).filter((part) => part.startsWith('funder:'));
      expect(funders.length).toBeLessThanOrEqual(1);
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
