import { examplesOf } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { describe, expect, test } from '@jest/globals';
import { type Change, changesOf, merged, PROJECTED_TYPES } from '../read-model/changes.js';
import type { FirmDocument } from '../read-model/documents.js';
import { bilanOf } from './bilan.js';
import { datesOfMoved, groupsOf } from './moved-firms.js';
import { addSpend, noSpend } from './spend-results.js';

const event = (type: string, data: object = {}, sequence = 1) =>
  ({
    type,
    data: { ...(examplesOf(type as never)[0] as object), ...data },
    subject: 's',
    sequence,
    id: 'i',
    source: '/s',
    time: '',
  }) as unknown as RecordedEvent;

const programme = {
  _id: 'p',
  name: 'P',
  opensOn: '2007-09-01',
  closesOn: '2013-12-31',
  targetHeadcount: 100,
  basins: ['b1', 'b2'],
};
const firms: FirmDocument[] = [
  {
    _id: '1',
    programme: 'p',
    siret: '1',
    basin: 'b1',
    action: 'a',
    headcount: 99,
    detectedOn: '2008-01-01',
    qualified: true,
    enrolledOn: '2008-02-10',
    completedOn: '2009-03-20',
    sessions: 3,
    halfDays: 4,
    spend: { '2007-02': { f: { PLAN: 100 } }, '2008-02': { f: { PLAN: 7 } }, '2009-04': { f: { DIF: 30 } } },
    spendLines: 3,
  },
  {
    _id: '2',
    programme: 'p',
    siret: '2',
    basin: 'b2',
    action: 'a',
    headcount: 100,
    detectedOn: '2008-01-01',
    qualified: true,
    enrolledOn: '2008-02-10',
    abandoned: true,
    invited: 2,
    attended: 1,
  },
  { _id: '3', programme: 'p', siret: '3', spend: { '2008-05': { f: { DIF: 5 } } }, spendLines: 1 },
];
const inputs = {
  programme,
  scope: {},
  actions: [{ _id: 'p/a', programme: 'p', action: 'a', basins: ['b2', 'b1'] }],
  workshops: [{ _id: 'p/w', programme: 'p', action: 'a', heldOn: '2008-07-01' }],
  refusals: [],
  spendFiles: [],
  moved: new Map(),
  positions: new Map([
    ['t/10', 5],
    ['t/2', 7],
  ]),
};

test('the bilan counts firms where they are, workshops in the first basin of their action, and outsiders in spend alone', async () => {
  const { figures, byBasin, spend, provenance } = await bilanOf({ ...inputs, firms });
  expect(figures).toMatchObject({
    detected: 2,
    enrolled: 2,
    accompanied: 1,
    abandoned: 1,
    under100: 1,
    over100: 1,
    sessions: 3,
    halfDays: 4,
    invited: 2,
    attended: 1,
    workshops: 1,
  });
  expect([byBasin['b1']?.workshops, byBasin['b2']?.workshops]).toEqual([0, 1]);
  expect(spend).toMatchObject({
    lines: 4,
    totalCents: 142,
    enrolledFirmsCents: 137,
    accompaniedFirmsCents: { before12Months: 100, after12Months: 30 },
  });
  expect(Object.keys(provenance.topics['t'] ?? {})).toEqual(['2', '10']);
});

test('the order in which documents come does not change a byte', async () => {
  const [one, other] = [await bilanOf({ ...inputs, firms }), await bilanOf({ ...inputs, firms: [...firms].reverse() })];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

test('what was spent under another SIRET of an enrolled firm counts as its own', async () => {
  const groups = groupsOf([
    { _id: '3', successor: '4' },
    { _id: '4', successor: '1' },
  ]);
  const moved = datesOfMoved(groups, firms.slice(0, 1));
  expect([...moved.keys()].sort()).toEqual(['1', '3', '4']);
  expect((await bilanOf({ ...inputs, moved, firms })).spend).toMatchObject({
    totalCents: 142,
    enrolledFirmsCents: 142,
  });
});

test('refusals hold until their file is read again or withdrawn', async () => {
  const refusal = { programme: 'p', file: 'f.csv', of: 's' };
  const refusals = [
    { ...refusal, _id: 's/1', sequence: 1, lines: [{ line: 2, reason: 'scheme_unknown' }] },
    { ...refusal, _id: 's/5', sequence: 5, lines: [{ line: 7, reason: 'siret_invalid' }] },
  ];
  const spendFiles = [{ _id: 's', programme: 'p', restarts: [3] }];
  const { spend } = await bilanOf({ ...inputs, refusals, spendFiles, firms });
  expect(spend.refused).toEqual({ 'f.csv': [{ line: 7, reason: 'siret_invalid' }] });
});

describe('windows of an accompanied firm', () => {
  const firm = { _id: 'x', programme: 'p', siret: 'x', enrolledOn: '2008-02-10', completedOn: '2009-12-20' };
  test.each([
    ['2007-01', 0, 0],
    ['2007-02', 9, 0],
    ['2008-01', 9, 0],
    ['2008-02', 0, 0],
    ['2009-12', 0, 0],
    ['2010-01', 0, 9],
    ['2010-12', 0, 9],
    ['2011-01', 0, 0],
  ])('%s', (month, before, after) => {
    const results = noSpend();
    addSpend(results, { ...firm, spend: { [month]: { f: { PLAN: 9 } } } });
    expect(results.accompaniedFirmsCents).toMatchObject({ before12Months: before, after12Months: after });
  });
});

describe('changes', () => {
  test.each(PROJECTED_TYPES)('%s, as its contract gives an example, changes something', (type) => {
    expect(changesOf(event(type)).length).toBeGreaterThan(0);
  });
  test('of one document are merged, and a spend line that was taken back leaves nothing', () => {
    const [sum] = merged([
      ...changesOf(event('fr.gpect.training-spend.spend-recorded.v1')),
      ...changesOf(event('fr.gpect.training-spend.spend-cancelled.v1')),
    ]);
    expect(Object.values((sum as Change).add ?? {})).toEqual([0, 0]);
  });
});
