import { stateAfter } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AnimationCommand, animation } from './animation.js';

const frame = { programme: 'p', today: '2014-06-30' };
const exchange = {
  ...frame,
  kind: 'record-exchange',
  exchange: { exchange: 'E1', heldOn: '2009-02-03', title: "Mobiliser l'encadrement", consultants: ['C1'] },
  registered: ['C1'],
} as const satisfies AnimationCommand;
const publish = {
  ...frame,
  kind: 'publish-framework',
  framework: { title: 'Cadre commun', publishedOn: '2009-03-01', contents: 'Quatre étapes' },
} as const satisfies AnimationCommand;
const { said: after } = scenarioOf(animation);

test('exchanges are kept, the framework has versions; the same again causes nothing', () => {
  const second = { ...publish, framework: { ...publish.framework, contents: 'Cinq étapes' } };
  expect(after(exchange, exchange, publish, publish, second)).toMatchObject([
    { exchange: 'E1' },
    { version: 1 },
    { version: 2, contents: 'Cinq étapes' },
  ]);
});

test.each<[string, AnimationCommand[], string]>([
  ['an exchange of tomorrow', [{ ...exchange, today: '2009-02-02' }], 'date_in_future'],
  ['an exchange with somebody unknown', [{ ...exchange, registered: [] }], 'consultants_unknown'],
  [
    'an exchange said otherwise',
    [exchange, { ...exchange, exchange: { ...exchange.exchange, title: 'x' } }],
    'exchange_differs',
  ],
  ['a framework of tomorrow', [{ ...publish, today: '2009-02-28' }], 'date_in_future'],
  [
    'a framework before the last',
    [publish, { ...publish, framework: { ...publish.framework, publishedOn: '2009-01-01' } }],
    'date_too_early',
  ],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

test('whatever is sent in whatever order: an exchange is kept once, as it was; versions follow one another, by day', () => {
  const day = fc.constantFrom('2009-02-03', '2009-03-01', '2010-01-01', '2014-07-01');
  const command: fc.Arbitrary<AnimationCommand> = fc.oneof(
    fc
      .record({ number: fc.constantFrom('E1', 'E2'), heldOn: day, who: fc.constantFrom('C1', 'C2') })
      .map(({ number, heldOn, who }) => ({
        ...exchange,
        exchange: { ...exchange.exchange, exchange: number, heldOn, consultants: [who] },
      })),
    fc
      .record({ publishedOn: day, contents: fc.constantFrom('Quatre étapes', 'Cinq étapes') })
      .map((said) => ({ ...publish, framework: { ...publish.framework, ...said } })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const { exchanges, frameworks } = stateAfter(animation, commands);
      expect(new Set(exchanges.map((e) => e.exchange)).size).toBe(exchanges.length);
      for (const { heldOn, consultants } of exchanges)
        expect([heldOn <= frame.today, consultants]).toEqual([true, ['C1']]);
      expect(frameworks.map((f) => f.version)).toEqual(frameworks.map((_f, i) => i + 1));
      const days = frameworks.map((f) => f.publishedOn);
      expect(days).toEqual(days.filter((d) => d <= frame.today).sort());
    }),
  );
});
