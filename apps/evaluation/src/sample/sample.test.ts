import { faultsWhereMade } from '@gpect/contracts/event-contracts';
import { taken } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { remindersDue } from './reminders.js';
import { type DrawSample, sample } from './sample.js';

const draw: DrawSample = {
  kind: 'draw',
  asked: {
    programme: 'p',
    sample: 'quart',
    wave: 'AFTER',
    method: 'STRATIFIED',
    fraction: 0.25,
    seed: 2013,
    frameOn: '2013-09-30',
    remindAfterDays: [15, 30],
  },
  frame: 4,
  frameHash: 'a'.repeat(64),
  drawn: 1,
  strata: [{ basin: 'b', size: '10-49', frame: 4, drawn: 1 }],
  drawnOn: '2013-10-01',
  today: '2013-10-01',
};
const { after, said } = scenarioOf(sample);
const asking = (more: object): DrawSample => ({ ...draw, asked: { ...draw.asked, ...more } });

test('is said as its contract wants it', () => {
  const drawn = sample.decide(draw, null);
  if (!drawn.ok) throw new Error(drawn.fault.detail);
  expect(drawn.value.map(({ type, data }) => faultsWhereMade(type, data))).toEqual([[]]);
});

test('is drawn once, whatever firms have come since', () => {
  expect(after(draw, { ...draw, frame: 9, today: '2013-11-01' })).toEqual(['survey-sample-drawn']);
});

test.each<[string, DrawSample[], string]>([
  ['another under its code', [draw, asking({ seed: 1 })], 'sample_differs'],
  ['a frame of tomorrow', [asking({ frameOn: '2013-10-02' })], 'date_in_future'],
  ['a frame of nobody', [{ ...draw, frame: 0 }], 'frame_empty'],
  ['a draw of tomorrow', [{ ...draw, drawnOn: '2013-10-02' }], 'date_in_future'],
  ['a draw before its frame', [{ ...draw, drawnOn: '2013-09-29' }], 'date_too_early'],
  ['a seed for all', [asking({ method: 'ALL' })], 'method_unclear'],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

const { fraction: _f, seed: _s, ...whole } = draw.asked;
const panel: DrawSample = {
  ...draw,
  asked: { ...whole, method: 'ALL', panelOf: 'quart-2010' },
  panel: { sample: { wave: 'BEFORE', drawn: 3 }, known: 3 },
};

test('a panel says of which sample it is, and how it is drawn', () => {
  expect(said(panel, panel)).toMatchObject([
    { method: 'ALL', panelOf: 'quart-2010', algorithm: expect.stringContaining('panelOf'), drawn: 1 },
  ]);
});

test.each<[string, DrawSample, string]>([
  ['of a sample that is not there', { ...panel, panel: undefined }, 'panelOf_unknown'],
  [
    'of a sample of its own wave',
    { ...panel, panel: { sample: { wave: 'AFTER', drawn: 3 }, known: 3 } },
    'panel_unclear',
  ],
  ['in the BEFORE wave', { ...panel, asked: { ...panel.asked, wave: 'BEFORE' } }, 'panel_unclear'],
  ['of which only a part is drawn', { ...panel, asked: { ...draw.asked, panelOf: 'quart-2010' } }, 'panel_unclear'],
  [
    'whose firms are of another sample by now',
    { ...panel, panel: { sample: { wave: 'BEFORE', drawn: 3 }, known: 2 } },
    'panel_overlaid',
  ],
  ['none of which has completed', { ...panel, drawn: 0 }, 'panel_empty'],
])('refuses a panel %s', (_what, command, code) => {
  expect(after(command)).toBe(code);
});

test('a part without a seed is refused', () => {
  const { seed: _seed, ...asked } = draw.asked;
  expect(after({ ...draw, asked })).toBe('method_unclear');
});

test.each([
  ['2013-10-15', 0],
  ['2013-10-16', 1],
  ['2013-10-31', 2],
  ['2014-01-01', 2],
])('by %s so many reminders are due of what was drawn on 2013-10-01', (today, number) => {
  expect(remindersDue('2013-10-01', [15, 30], today)).toBe(number);
});

test('whatever is asked in whatever order: the first draw stays, with a method that is whole', () => {
  const command = fc
    .record({
      method: fc.constantFrom('ALL' as const, 'STRATIFIED' as const),
      seed: fc.constantFrom(undefined, 1, 2013),
      fraction: fc.constantFrom(undefined, 0.25),
      frameOn: fc.constantFrom('2013-09-30', '2013-10-02'),
    })
    .map(({ seed, fraction, ...said }) => {
      const { seed: _s, fraction: _f, ...asked } = draw.asked;
      return { ...draw, asked: { ...asked, ...said, ...(seed ? { seed } : {}), ...(fraction ? { fraction } : {}) } };
    });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 10 }), (commands) => {
      let first: unknown;
      for (const { state } of taken(sample, commands)) {
        first ??= state;
        expect(state).toEqual(first);
        const stated = state?.method === 'STRATIFIED';
        expect([state?.seed !== undefined, state?.fraction !== undefined]).toEqual([stated, stated]);
        expect(state && state.frameOn <= state.drawnOn).toBe(true);
      }
    }),
  );
});
