import type { Deprecation } from '@gpect/contracts/event-contracts';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import { deprecation } from './deprecation.js';

const ends = (more: object = {}): Deprecation => ({
  contract: 'fr.gpect.enrolment.firm-contacted.v1',
  announcedOn: '2026-11-25',
  endsOn: '2027-11-30',
  replacedBy: 'fr.gpect.enrolment.firm-contacted.v2',
  ...more,
});
const after = (...commands: Deprecation[]) => {
  const result = scenarioOf(deprecation).run(...commands);
  return result.ok ? result.value.events.map((e) => (e.data as Deprecation).endsOn) : result.fault;
};

test('an end is announced once, and may be moved', () => {
  expect(after(ends(), ends(), ends({ endsOn: '2028-11-30' }))).toEqual(['2027-11-30', '2028-11-30']);
});

test.each([
  ['an event that nobody knows', { contract: 'fr.gpect.enrolment.firm-contacted.v9' }, 'contract'],
  ['a successor that nobody knows', { replacedBy: 'fr.gpect.enrolment.firm-contacted.v9' }, 'replacedBy'],
])('refuses the end of %s', (_what, more, field) => {
  expect(after(ends(more))).toMatchObject({ kind: 'rule', field });
});
