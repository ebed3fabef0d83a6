import { target } from '@gpect/service-kit/aggregate/aggregate';
import { expect, test } from '@jest/globals';
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
const after = (...commands: AnimationCommand[]) => {
  const result = target(animation, 'x', ...commands).run(animation.initial);
  return result.ok ? result.value.events.map((e) => e.data) : result.fault.code;
};

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
