import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FileNames, type ReferencedChange, refusalsSaid, spendFile } from './spend-file.js';

const file: FileNames = { programme: 'p', funder: 'opca-a', fileId: 'f1', file: 'a.csv' };
const content = { siret: '00001002500013', paidOn: '2010-05-03', scheme: 'PLAN', amountCents: 100 } as const;
const change = (kind: 'recorded' | 'corrected' | 'cancelled', line: number): ReferencedChange =>
  ({
    reference: `R${line}`,
    change: { kind, revision: 1, origin: { line }, is: content, was: { ...content, amountCents: 90 } },
  }) as unknown as ReferencedChange;
const said = (command: Parameters<typeof spendFile.decide>[0]) => {
  const decision = spendFile.decide(command, spendFile.initial);
  return decision.ok ? decision.value : [];
};

test('of each kind of change an event of its own, with what the line was where it was something else', () => {
  const changes = [change('recorded', 1), change('corrected', 2), change('cancelled', 3)];
  expect(said({ kind: 'say-changes', file, changes, because: 'WITHDRAWN' as never })).toMatchObject([
    {
      type: 'fr.gpect.training-spend.spend-lines-recorded.v1',
      data: { ...file, lines: [{ line: 1, reference: 'R1', revision: 1, ...content }] },
    },
    {
      type: 'fr.gpect.training-spend.spend-lines-corrected.v1',
      data: { lines: [{ line: 2, ...content, was: { ...content, amountCents: 90 } }] },
    },
    {
      type: 'fr.gpect.training-spend.spend-lines-cancelled.v1',
      data: { because: 'WITHDRAWN', lines: [{ line: 3, ...content, amountCents: 90 }] },
    },
  ]);
});

test('however many lines change: each stands in one event, in its order, five hundred an event at the most', () => {
  const kinds = fc.constantFrom('recorded' as const, 'corrected' as const, 'cancelled' as const);
  fc.assert(
    fc.property(fc.array(kinds, { maxLength: 1600 }), (of) => {
      const changes = of.map((kind, i) => change(kind, i + 1));
      const events = said({ kind: 'say-changes', file, changes, because: 'CORRECTED' as never });
      for (const kind of ['recorded', 'corrected', 'cancelled'] as const) {
        const batches = events.flatMap((e) =>
          e.type === `fr.gpect.training-spend.spend-lines-${kind}.v1`
            ? [(e.data as { lines: { line: number }[] }).lines]
            : [],
        );
        expect(batches.every((lines) => lines.length >= 1 && lines.length <= 500)).toBe(true);
        expect(batches.flat().map((l) => l.line)).toEqual(of.flatMap((k, i) => (k === kind ? [i + 1] : [])));
      }
    }),
    { numRuns: 50 },
  );
});

test('a refused value of any length is said in so much that a message holds it', () => {
  const refusal = {
    line: 7,
    column: 'c'.repeat(900),
    value: 'v'.repeat(9000),
    reason: 'siret',
    detail: 'd'.repeat(9000),
  };
  const [one] = refusalsSaid([refusal]);
  expect([one?.column.length, one?.value.length, one?.detail?.length]).toEqual([200, 500, 500]);
});
