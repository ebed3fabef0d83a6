import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Content, decide, effectOf, type Kind, type SpendLine, UNKNOWN, withdraw } from './spend-line.js';

const first: Content = { siret: '00001002500013', paidOn: '2007-12-24', scheme: 'PLAN', amountCents: 247280 };
const second: Content = { ...first, amountCents: 250000 };
const third: Content = { ...first, scheme: 'DIF' };

type Said = readonly [kind: Kind, content: Content, at?: string, differing?: 'correct'];

/** Says one thing after the other, each from a line of its own; what came of each, and what counts at the end. */
function after(...said: readonly Said[]) {
  let line: SpendLine = UNKNOWN;
  const outcomes: string[] = [];
  const changes: string[] = [];
  const settled: string[] = [];
  said.forEach(([kind, content, file = 'a', differing = undefined], i) => {
    const origin = { file, line: i + 2 };
    const result = decide({ kind, content, origin, differing: differing ?? 'refuse' }, line);
    if (!result.ok) {
      outcomes.push(result.fault.code);
      return;
    }
    outcomes.push(result.value.outcome);
    line = result.value.line;
    for (const change of result.value.changes) changes.push(`${change.kind} ${change.revision}`);
    for (const { outcome, origins } of result.value.settled)
      settled.push(`${origins[0]?.file} ${origins[0]?.line} ${typeof outcome === 'string' ? outcome : outcome.code}`);
  });
  const { content, cancelled } = effectOf(line);
  return { outcomes, changes, settled, line, counts: cancelled ? undefined : content };
}

describe('given nothing', () => {
  test('a record is accepted, and said again it is a repeat', () => {
    expect(after(['record', first], ['record', first], ['record', first, 'b'])).toMatchObject({
      outcomes: ['accepted', 'repeated', 'repeated'],
      changes: ['recorded 1'],
      counts: first,
    });
  });
  test('a correction and a cancellation wait for their original, and take effect when it comes', () => {
    expect(after(['correct', second, 'b'], ['cancel', second, 'b'], ['record', first])).toMatchObject({
      outcomes: ['waiting', 'waiting', 'accepted'],
      changes: ['recorded 1', 'corrected 2', 'cancelled 3'],
      settled: ['b 2 corrected', 'b 3 cancelled'],
      counts: undefined,
    });
  });
  test('a cancellation that waited and does not fit its original is refused then', () => {
    expect(after(['cancel', second, 'b'], ['record', first])).toMatchObject({
      outcomes: ['waiting', 'accepted'],
      settled: ['b 2 cancellation_differs'],
      counts: first,
    });
  });
  test('what waits and is said again is a repeat, by whichever file', () => {
    expect(after(['cancel', first], ['cancel', first, 'b'], ['record', first]).outcomes).toEqual([
      'waiting',
      'repeated',
      'accepted',
    ]);
  });
});

describe('given a recorded line', () => {
  test('a correction counts instead, once', () => {
    expect(after(['record', first], ['correct', second], ['correct', second])).toMatchObject({
      outcomes: ['accepted', 'corrected', 'repeated'],
      changes: ['recorded 1', 'corrected 2'],
      counts: second,
    });
  });
  test('a correction that changes nothing is a repeat', () => {
    expect(after(['record', first], ['correct', first]).outcomes).toEqual(['accepted', 'repeated']);
  });
  test('another record under its reference is refused, or corrects it where the dialect says so', () => {
    expect(after(['record', first], ['record', second]).outcomes).toEqual(['accepted', 'reference_differs']);
    expect(after(['record', first], ['record', second, 'b', 'correct'])).toMatchObject({
      outcomes: ['accepted', 'corrected'],
      counts: second,
    });
  });
  test('a cancellation takes it back, once, and it stays taken back', () => {
    expect(after(['record', first], ['cancel', first], ['cancel', first], ['record', first])).toMatchObject({
      outcomes: ['accepted', 'cancelled', 'repeated', 'repeated'],
      changes: ['recorded 1', 'cancelled 2'],
      counts: undefined,
    });
  });
  test('a cancellation with another amount is refused', () => {
    expect(after(['record', first], ['cancel', second]).outcomes).toEqual(['accepted', 'cancellation_differs']);
  });
  test('a corrected line is cancelled with what it is now', () => {
    expect(after(['record', first], ['correct', second], ['cancel', first], ['cancel', second]).outcomes).toEqual([
      'accepted',
      'corrected',
      'cancellation_differs',
      'cancelled',
    ]);
  });
  test('a cancelled line takes no correction', () => {
    expect(after(['record', first], ['cancel', first], ['correct', second]).outcomes).toEqual([
      'accepted',
      'cancelled',
      'line_cancelled',
    ]);
  });
  test('the very line that recorded it, read once more, has the outcome that it had', () => {
    const { line } = after(['record', first], ['correct', second], ['cancel', second]);
    const again = (kind: Kind, content: Content, at: number) => {
      const result = decide({ kind, content, origin: { file: 'a', line: at }, differing: 'refuse' }, line);
      return result.ok ? [result.value.outcome, result.value.line === line] : result.fault.code;
    };
    expect([again('record', first, 2), again('correct', second, 3), again('cancel', second, 4)]).toEqual([
      ['accepted', true],
      ['corrected', true],
      ['cancelled', true],
    ]);
  });
});

describe('when a file is withdrawn', () => {
  const undone = (said: readonly Said[], file: string) => withdraw(after(...said).line, file);
  test('its records no longer count', () => {
    const { line, change } = undone([['record', first]], 'a');
    expect([change?.kind, effectOf(line).content]).toEqual(['cancelled', undefined]);
  });
  test('what another file says too goes on counting', () => {
    const { line, change } = undone(
      [
        ['record', first],
        ['record', first, 'b'],
      ],
      'a',
    );
    expect([change, effectOf(line).content]).toEqual([undefined, first]);
  });
  test('what it corrected is again what it was, and what it cancelled counts again', () => {
    const corrected = undone(
      [
        ['record', first],
        ['correct', second, 'b'],
      ],
      'b',
    );
    expect(corrected.change).toMatchObject({ kind: 'corrected', was: second, is: first, revision: 3 });
    const cancelled = undone(
      [
        ['record', first],
        ['cancel', first, 'b'],
      ],
      'b',
    );
    expect(cancelled.change).toMatchObject({ kind: 'recorded', is: first, revision: 3 });
  });
  test('a file that said nothing of it changes nothing', () => {
    const { line } = after(['record', first]);
    expect(withdraw(line, 'z')).toEqual({ line, change: undefined });
  });
});

test('whatever is said, in whatever order: what the changes add up to is what counts, and revisions have no gap', () => {
  const saying = fc.tuple(
    fc.constantFrom<Kind>('record', 'correct', 'cancel'),
    fc.constantFrom(first, second, third),
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom(undefined, 'correct' as const),
  );
  const step = fc.oneof({ weight: 5, arbitrary: saying }, { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let line: SpendLine = UNKNOWN;
      let cents = 0;
      let revision = 0;
      steps.forEach((one, i) => {
        const changes = [];
        if (typeof one === 'string') {
          const { line: next, change } = withdraw(line, one);
          line = next;
          if (change) changes.push(change);
        } else {
          const [kind, content, file, differing = 'refuse'] = one;
          const result = decide({ kind, content, origin: { file, line: i + 2 }, differing }, line);
          if (!result.ok) return;
          line = result.value.line;
          changes.push(...result.value.changes);
        }
        for (const change of changes) {
          if ('was' in change) cents -= change.was.amountCents;
          if ('is' in change) cents += change.is.amountCents;
          expect(change.revision).toBe(++revision);
        }
        const { content, cancelled } = effectOf(line);
        expect(cents).toBe(cancelled ? 0 : (content?.amountCents ?? 0));
      });
    }),
    { numRuns: 5000 },
  );
});
