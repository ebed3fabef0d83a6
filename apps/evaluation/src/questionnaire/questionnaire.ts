import { isDeepStrictEqual } from 'node:util';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { firstTwice, namedTwice, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { FIRST, type Question, SCORED, TRENDS, type Version } from './questions.js';

export interface PublishVersion {
  readonly kind: 'publish';
  readonly programme: string;
  readonly questions: readonly Question[];
  readonly appliesFrom: CalendarDate;
  readonly reason: string;
}

export const questionnaireId = (programme: string) => inProgramme(programme, 'questionnaire');

/** What firms are asked, version by version; version 1 is there from the start. */
export const questionnaire: Aggregate<'evaluation/questionnaire', readonly Version[], PublishVersion> = {
  collection: 'questionnaires',
  initial: [FIRST],
  decide: ({ programme, questions, appliesFrom, reason }, versions) => {
    const last = versions.at(-1) ?? FIRST;
    if (last.appliesFrom === appliesFrom && isDeepStrictEqual([...last.questions], [...questions])) return ok([]);
    const names = [...SCORED, ...TRENDS, ...questions].map((q) => q.question);
    const twice = firstTwice(names);
    if (twice) return fail(namedTwice('questions', twice));
    const unclear = questions.find((q) => (q.kind === 'CHOICE') !== (q.choices !== undefined));
    if (unclear)
      return fail({
        code: 'choices_unclear',
        kind: 'rule',
        field: 'questions',
        value: unclear.question,
        detail: `${unclear.question}: a CHOICE has choices, and nothing else has`,
      });
    if (last.appliesFrom && appliesFrom <= last.appliesFrom)
      return fail(tooEarly('appliesFrom', appliesFrom, `the day after version ${last.version}, ${last.appliesFrom}`));
    return ok([
      {
        type: 'fr.gpect.evaluation.questionnaire-published.v1',
        data: { programme, version: last.version + 1, questions: [...questions], appliesFrom, reason },
      },
    ]);
  },
  evolve: (versions, event) => {
    const { programme: _programme, ...version } = event.data;
    return [...versions, version];
  },
};
