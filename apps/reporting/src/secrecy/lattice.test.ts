import { describe, expect, test } from '@jest/globals';
import { actionsOf, type Firm, madeProgramme, PROGRAMME, pairsOf, tablesOf } from '../../test/secrecy/programme.js';
import { toldTables } from './lattice.js';
import type { LatticeInputs, Told } from './lattice-inputs.js';

const firm = (at: Record<string, string | string[]>, measures: Record<string, number> = { enrolled: 1 }): Firm => ({
  at: Object.fromEntries(Object.entries(at).map(([dimension, value]) => [dimension, [value].flat()])),
  facts: Object.entries(measures).map(([measure, amount]) => ({ measure, year: '2010', amount })),
});
const times = (n: number, one: Firm): Firm[] => Array.from({ length: n }, () => ({ ...one }));
const tell = (firms: readonly Firm[], groupings: readonly string[], more: Partial<LatticeInputs> = {}): Told =>
  toldTables({ ...PROGRAMME, families: [], tables: tablesOf(firms, groupings), ofAction: actionsOf(firms), ...more });

/** What a table tells of a measure: `b1 s2: 5`; null is `s`. */
const read = (told: Told, grouping: string, measure = 'enrolled'): string[] =>
  (told.tables.get(grouping) ?? []).map(({ at, of }) =>
    `${Object.values(at).join(' ')}: ${of.get(measure) ?? 's'}`.trim(),
  );

describe('one table', () => {
  test('tells what rests on three firms, and masks a second cell beside one that does not', () => {
    const firms = [
      ...times(2, firm({ basin: 'b1' })),
      ...times(5, firm({ basin: 'b2' })),
      ...times(9, firm({ basin: 'b3' })),
    ];
    const told = tell(firms, ['', 'basin']);
    expect(read(told, '')).toEqual([': 16']);
    expect(read(told, 'basin')).toEqual(['b1: s', 'b2: s', 'b3: 9']);
    expect(told.counts).toEqual({ cells: 4, masked: 2 });
  });

  test('leaves out firms without a value, and does not tell them by subtraction', () => {
    const firms = [...times(2, firm({})), ...times(5, firm({ basin: 'b2' })), ...times(9, firm({ basin: 'b3' }))];
    const told = tell(firms, ['', 'basin']);
    expect(read(told, 'basin')).toEqual(['b2: s', 'b3: 9']);
  });

  test('does not tell apart what is masked and what is nothing', () => {
    const firms = [...times(2, firm({ basin: 'b1', size: 'z1' })), ...times(5, firm({ basin: 'b2', size: 'z2' }))];
    const told = tell(firms, ['basin+size']);
    expect(read(told, 'basin+size')).toEqual(['b1 z1: s', 'b1 z2: s', 'b2 z1: s', 'b2 z2: 5']);
    expect(told.counts).toEqual({ cells: 2, masked: 1 });
  });

  test('tells what says nothing of a firm', () => {
    const firms = times(2, firm({ basin: 'b1' }, { workshops: 1, enrolled: 1 }));
    const told = tell(firms, ['', 'basin']);
    expect(read(told, 'basin', 'workshops')).toEqual(['b1: 2']);
    expect(told.counts).toEqual({ cells: 2, masked: 2 });
  });
});

test('a cell that is masked by basin is not told by basin and size', () => {
  const firms = [
    ...times(2, firm({ basin: 'b1', size: 'z1' })),
    ...times(4, firm({ basin: 'b2', size: 'z1' })),
    ...times(3, firm({ basin: 'b2', size: 'z2' })),
    ...times(9, firm({ basin: 'b3', size: 'z2' })),
  ];
  const told = tell(firms, ['', 'basin', 'size+basin']);
  expect(read(told, 'basin')).toEqual(['b1: s', 'b2: s', 'b3: 9']);
  expect(read(told, 'size+basin').filter((cell) => cell.includes('b2') && cell.endsWith('s'))).not.toEqual([]);
});

test('a carrier whose only action is a secret is one as well, and does not sum with others to the total', () => {
  const firms = [
    ...times(2, firm({ action: 'a1', carrier: 'c1' })),
    ...times(7, firm({ action: 'a2', carrier: ['c2', 'c3'] })),
    ...times(8, firm({ action: 'a3', carrier: 'c3' })),
  ];
  const told = tell(firms, ['', 'carrier', 'action']);
  expect(read(told, 'action')).toEqual(['a1: s', 'a2: 7', 'a3: s']);
  // c2 is a2 alone, which is told; c3 is a2 and a3, and would tell a3.
  expect(read(told, 'carrier')).toEqual(['c1: s', 'c2: 7', 'c3: s']);
});

describe('figures that say something of each other', () => {
  const families = [{ total: 'enrolled', parts: ['accompanied', 'abandoned', '~under way'] }];
  const firms = [
    ...times(8, firm({ basin: 'b1' }, { enrolled: 1, accompanied: 1 })),
    ...times(2, firm({ basin: 'b1' }, { enrolled: 1 })),
    ...times(9, firm({ basin: 'b2' }, { enrolled: 1, accompanied: 1 })),
  ];

  test('two firms under way are not enrolled less accompanied', () => {
    const told = tell(firms, ['', 'basin'], { families });
    for (const grouping of ['', 'basin'])
      for (const { at, of } of told.tables.get(grouping) ?? [])
        if (at['basin'] !== 'b2') expect([of.get('enrolled'), of.get('accompanied')]).toContain(null);
  });

  test('where nobody is under way both are told', () => {
    const told = tell(times(9, firm({}, { enrolled: 1, accompanied: 1 })), [''], { families });
    expect(told.counts).toEqual({ cells: 2, masked: 0 });
  });

  test('a part that a table does not ask is given by the others, and hidden as well', () => {
    const sized = [...times(7, firm({}, { enrolled: 1, small: 1 })), ...times(2, firm({}, { enrolled: 1, large: 1 }))];
    const table = tablesOf(sized, [''])
      .get('')
      ?.map(({ at, of }) => ({ at, of: new Map([...of].filter(([m]) => m !== 'large')) }));
    const told = tell(sized, [''], {
      families: [{ total: 'enrolled', parts: ['small', 'large'] }],
      tables: new Map([['', table ?? []]]),
    });
    expect(told.counts).toEqual({ cells: 2, masked: 1 });
  });

  test('parts by funder stand for the sum of their figure', () => {
    const paid = [
      ...times(4, firm({}, { spend: 100, 'spend:funder:x': 100 })),
      ...times(5, firm({}, { spend: 100, 'spend:funder:y': 100 })),
      firm({}, { spend: 100, 'spend:funder:z': 100 }),
    ];
    const told = tell(paid, [''], { families: [{ total: 'spend', parts: ['spend:funder:*'] }] });
    const [cell] = told.tables.get('') ?? [];
    expect(cell?.of.get('spend:funder:z')).toBe(null);
    expect([...(cell?.of.values() ?? [])].filter((value) => value === null)).toHaveLength(2);
  });
});

describe('a second release', () => {
  const paid = (cents: number) => firm({ basin: 'b1' }, { spend: cents });
  const then = times(9, paid(1000));
  const change = (value: number, firms: number, largest: number) =>
    new Map([['', [{ at: {}, of: new Map([['spend', { value, firms, largest }]]) }]]]);

  test('of which the difference is the payment of one firm does not tell it', () => {
    const before = [{ date: '2010-03-01', told: tell(then, ['']).tables, changes: change(777, 1, 777) }];
    expect(read(tell([...then, paid(777)], [''], { before }), '', 'spend')).toEqual([': s']);
  });

  test('tells what four firms have paid since', () => {
    const before = [{ date: '2010-03-01', told: tell(then, ['']).tables, changes: change(4000, 4, 1000) }];
    expect(read(tell([...then, ...times(4, paid(1000))], [''], { before }), '', 'spend')).toEqual([': 13000']);
  });

  test('of what was masked and has not changed stays masked', () => {
    const told = new Map([['', [{ at: {}, of: new Map([['spend', null]]) }]]]);
    const before = [{ date: '2010-03-01', told, changes: new Map() }];
    expect(read(tell(then, [''], { before }), '', 'spend')).toEqual([': s']);
  });

  test('is held against each before it, not the last alone', () => {
    const before = [
      { date: '2010-03-01', told: tell(then, ['']).tables, changes: change(777, 1, 777) },
      {
        date: '2010-04-01',
        told: new Map([['', [{ at: {}, of: new Map([['spend', null]]) }]]]),
        changes: change(9, 3, 3),
      },
    ];
    expect(read(tell([...then, paid(777)], [''], { before }), '', 'spend')).toEqual([': s']);
  });
});

test('tables of which one is not the sum of the other are refused', () => {
  const firms = times(9, firm({ basin: 'b1' }));
  const tables = new Map([...tablesOf(firms, ['']), ...tablesOf(firms.slice(1), ['basin'])]);
  expect(() => tell(firms, [], { tables })).toThrow('is not the sum');
});

test('a whole programme is told the same whatever the order of its cells', () => {
  const firms = madeProgramme(3, 150);
  const groupings = ['', 'action', 'basin', 'carrier', 'size', ...pairsOf(['action', 'basin', 'carrier', 'size'])];
  const tables = tablesOf(firms, groupings);
  const once = tell(firms, groupings, { tables, families: PROGRAMME.families });
  const turned = new Map([...tables].reverse().map(([grouping, cells]) => [grouping, [...cells].reverse()] as const));
  const again = tell(firms, groupings, { tables: turned, families: PROGRAMME.families });
  for (const [grouping, cells] of once.tables) expect(again.tables.get(grouping)).toEqual(cells);
});
