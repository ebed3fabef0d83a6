import { describe, expect, test } from '@jest/globals';
import { codeInState, scenarioOf } from './scenario.js';

type Command = 'open' | 'close';
interface Moved {
  readonly type: string;
  readonly data: { readonly command: Command };
}
/** A gate: opened and closed, each in its turn. */
const gate = {
  initial: 'CLOSED',
  decide: (command: Command, state: string) =>
    (command === 'open') === (state === 'CLOSED')
      ? {
          ok: true as const,
          value: [{ type: `x.gate-${command === 'open' ? 'opened' : 'closed'}.v1`, data: { command } }],
        }
      : { ok: false as const, fault: { code: 'not_now', detail: `it is ${state}`, state } },
  evolve: (_state: string, { data }: Moved) => (data.command === 'open' ? 'OPEN' : 'CLOSED'),
};

describe('the decisions of an aggregate', () => {
  const { run, given, when, after, said } = scenarioOf(gate);

  test('are given by their events in order, or the first refusal', () => {
    expect(after('open', 'close')).toEqual(['gate-opened', 'gate-closed']);
    expect(said('open')).toEqual([{ command: 'open' }]);
    expect(after('open', 'open', 'close')).toBe('not_now');
    expect(run('open')).toMatchObject({ ok: true, value: { state: 'OPEN' } });
  });

  test('are asked in the state that others left, and a refused given is no given', () => {
    expect(when(given('open'), 'close')).toEqual(['gate-closed']);
    expect(when(given('open'), 'open')).toBe('not_now');
    expect(() => given('close')).toThrow('it is CLOSED');
  });

  test('are refused by code and state where that is asked for', () => {
    expect(scenarioOf(gate, codeInState).after('open', 'open')).toBe('not_now OPEN');
  });
});
