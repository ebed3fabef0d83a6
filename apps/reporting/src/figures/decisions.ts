import { own } from '@gpect/domain-values/records';
import type { MeetingHeld } from '../facts/documents.js';
import type { Fact } from '../facts/fact.js';
import { committees } from '../facts/keepers/actions.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'decisions',
  place: 306,
  group: 'territory',
  labelFr: 'Décisions des comités de pilotage',
  labelEn: 'Decisions of steering committees',
  definitionFr:
    'Décisions prises, selon ce qu’elles sont devenues : menées à bien, abandonnées, ou en attente (rien n’en a été dit, ou elles sont en cours).',
  definitionEn:
    'Decisions taken, by what became of them: done, dropped, or outstanding (nothing was said, or they are under way).',
  formula: 'count(steering-committee-met.decisions), by the last committee-decision-followed-up',
  unit: 'decision',
  countsBy: 'the day of the meeting; what became of it by the day on which it was said',
  keeps: [committees],
  isCount: false,
  factsOf: { actions: ({ committee = {} }) => Object.values(committee).flatMap(factsOfMeeting) },
};

const STATES: Readonly<Record<string, string>> = { DONE: 'DONE', DROPPED: 'DROPPED' };

/** Each decision is in one state on every day: what it was before is taken back where it becomes another. */
function factsOfMeeting({ heldOn, decided = {}, followed = {} }: MeetingHeld): Fact[] {
  if (heldOn === undefined) return [];
  return Object.keys(decided).flatMap((decision) => {
    const facts: Fact[] = [
      ['decisions', heldOn, 1],
      ['decisions:OUTSTANDING', heldOn, 1],
    ];
    let state = 'OUTSTANDING';
    for (const [on, status] of Object.entries(own(followed, decision) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const next = own(STATES, status) ?? 'OUTSTANDING';
      if (next !== state) facts.push([`decisions:${state}`, on, -1], [`decisions:${next}`, on, 1]);
      state = next;
    }
    return facts;
  });
}
