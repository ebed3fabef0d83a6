import { examplesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { expect, test } from '@jest/globals';
import { type CollectiveAction, type CollectiveActionCommand, collectiveAction } from './collective-action.js';

const action = examplesOf(
  'fr.gpect.enrolment.collective-action-launched.v1',
)[0] as EventDataByType['fr.gpect.enrolment.collective-action-launched.v1'];
const launch: CollectiveActionCommand = { kind: 'launch', action, programmeBasins: action.basins };
const phase = (name: NonNullable<CollectiveAction['phase']>): CollectiveActionCommand => ({
  kind: 'start-phase',
  phase: name,
  startedOn: '2008-03-01',
});
const after = (...commands: CollectiveActionCommand[]) => target(collectiveAction, 'x', ...commands).run(null);

test('the four phases follow one another', () => {
  expect(
    after(launch, phase('BUILDING'), phase('QUALIFICATION'), phase('CONSULTING'), phase('EVALUATION')),
  ).toMatchObject({ ok: true, value: { state: { phase: 'EVALUATION' } } });
  expect(after(launch, phase('BUILDING'), phase('CONSULTING'))).toMatchObject({
    ok: false,
    fault: { code: 'transition_forbidden', state: 'BUILDING', allowed: ['QUALIFICATION'] },
  });
  expect(after(launch, phase('BUILDING'), phase('QUALIFICATION'), phase('BUILDING'))).toMatchObject({
    ok: false,
    fault: { allowed: ['CONSULTING'] },
  });
});

test('an action is launched once, in basins of its programme', () => {
  expect(after(launch, launch)).toMatchObject({ ok: true, value: { events: [expect.anything()] } });
  expect(after(launch, { ...launch, action: { ...action, name: 'Autre' } })).toMatchObject({
    ok: false,
    fault: { code: 'action_exists' },
  });
  expect(after({ ...launch, programmeBasins: ['lille'] })).toMatchObject({
    ok: false,
    fault: { code: 'basin_unknown', field: 'basins' },
  });
});

test('a platform is established once', () => {
  const platform: CollectiveActionCommand = { kind: 'establish-platform', name: 'CRPDC' };
  expect(after(launch, platform, platform)).toMatchObject({ ok: true, value: { state: { platforms: ['CRPDC'] } } });
  expect(after(platform)).toMatchObject({ ok: false, fault: { code: 'action_unknown' } });
});
