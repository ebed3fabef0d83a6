import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown } from '@gpect/service-kit/aggregate/refusals';
import {
  type FurtherAnswers,
  furtherQuestions,
  misfit,
  type Question,
  SCORED,
  TRENDS,
  type Version,
  versionOn,
  type Wave,
} from '../questionnaire/questions.js';

type Decision = DecisionOf<'evaluation/survey'>;

type Answered = EventDataByType['fr.gpect.evaluation.survey-answered.v1'];
type PartlyAnswered = EventDataByType['fr.gpect.evaluation.survey-partly-answered.v1'];

/** How the answers came. */
interface Came {
  readonly mode?: NonNullable<Answered['mode']>;
  readonly enteredBy?: string;
}
/** All the answers of a wave. */
export interface Answers extends Pick<Answered, 'answeredOn' | 'answers' | 'trends'>, Came {
  readonly more?: FurtherAnswers;
}
/** Some of them. */
export interface SomeAnswers extends Pick<PartlyAnswered, 'answeredOn' | 'trends'>, Came {
  readonly answers?: PartlyAnswered['answers'];
  readonly more?: FurtherAnswers;
}
export interface Partly extends SomeAnswers {
  readonly missing: readonly string[];
}

export interface AnswerCommand {
  /** `answer`: all at once. `answer-in-part`: what is there, beside what was said before. */
  readonly kind: 'answer' | 'answer-in-part';
  readonly wave: Wave;
  readonly answer: SomeAnswers;
  readonly versions: readonly Version[];
  readonly today: CalendarDate;
}

/** What these decisions look at of a survey. */
interface Asked {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly waves: Readonly<
    Partial<Record<Wave, { readonly requestedOn: CalendarDate; readonly answer?: Answers; readonly partly?: Partly }>>
  >;
}

/** Answers belong to a wave that was asked; the version that applied on the day of the request says what is asked. */
export function answerSurvey(command: AnswerCommand, state: Asked | null): Decision {
  const { kind, wave, answer: given, versions, today } = command;
  const asked = state?.waves[wave];
  if (!state || !asked) return fail(notRequested(wave));
  const version = versionOn(versions, asked.requestedOn);
  const answer = kind === 'answer' ? given : together(asked.partly, given);
  if (asked.answer) return repeated(asked.answer, answer);
  if (asked.partly && isDeepStrictEqual(contentsOf(asked.partly), contentsOf(answer)) && kind === 'answer-in-part')
    return ok([]);
  const unfit = unfitAnswer(answer, wave, version, today);
  if (unfit) return fail(unfit);
  const { programme, action, basin, siret } = state;
  const keys = { programme, action, basin, siret, wave, questionnaire: version.version };
  // Sent all at once, trends may be left out: a firm may keep them to itself.
  const missing = missingOf(answer, wave, version, kind === 'answer' ? [] : TRENDS);
  if (missing.length === 0)
    // Nothing is missing: each of the nine is there.
    return ok([{ type: 'fr.gpect.evaluation.survey-answered.v1', data: { ...keys, ...(answer as Answers) } }]);
  if (kind === 'answer')
    return fail({
      code: 'answers_missing',
      kind: 'rule',
      field: 'more',
      detail: `no answer to ${missing.join(', ')} (questionnaire ${version.version}); send what is there as partial answers`,
    });
  return ok([
    {
      type: 'fr.gpect.evaluation.survey-partly-answered.v1',
      data: { ...keys, ...answer, answers: { ...answer.answers }, missing: [...missing] },
    },
  ]);
}

function repeated(known: Answers, given: SomeAnswers): Decision {
  if (isDeepStrictEqual(contentsOf(known), contentsOf(given))) return ok([]);
  return fail({
    code: 'answer_differs',
    kind: 'transition',
    field: 'siret',
    state: 'ANSWERED',
    allowed: [],
    detail: `the firm answered this wave on ${known.answeredOn} otherwise`,
  });
}

export const TRENDS_BEFORE: Refusal = {
  code: 'trends_before',
  kind: 'rule',
  field: 'trends',
  detail: 'economic trends are asked in the AFTER wave alone',
};

function unfitAnswer(answer: SomeAnswers, wave: Wave, version: Version, today: CalendarDate): Refusal | undefined {
  const { answeredOn, answers = {}, trends, more = {} } = answer;
  if (answeredOn > today) return inFuture('answeredOn', answeredOn, 'give the day on which the firm answered');
  if (wave === 'BEFORE' && trends) return TRENDS_BEFORE;
  const stray = Object.keys(answers).find((name) => !SCORED.some((q) => q.question === name));
  if (stray) return notKnown('answers', stray, 'no question of the questionnaire');
  const strayTrend = Object.keys(trends ?? {}).find((name) => !TRENDS.some((q) => q.question === name));
  if (strayTrend) return notKnown('trends', strayTrend, 'no trend of the questionnaire');
  const further = furtherQuestions(version, wave);
  for (const [name, value] of Object.entries(more)) {
    const question = further.find((q) => q.question === name);
    if (!question)
      return notKnown(
        'more',
        name,
        `questionnaire ${version.version} adds ${further.map((q) => q.question).join(', ') || 'nothing'} in the ${wave} wave`,
      );
    const wrong = misfit(question, value);
    if (wrong)
      return { code: 'answer_unfit', kind: 'rule', field: 'more', value: String(value), detail: `${name}: ${wrong}` };
  }
  return undefined;
}

function missingOf(
  { answers = {}, trends = {}, more = {} }: SomeAnswers,
  wave: Wave,
  version: Version,
  ofAfter: readonly Question[],
): string[] {
  const given: Readonly<Record<string, unknown>> = { ...answers, ...trends, ...more };
  const asked = [...SCORED, ...(wave === 'AFTER' ? ofAfter : []), ...furtherQuestions(version, wave)];
  return asked.map((q) => q.question).filter((name) => own(given, name) === undefined);
}

/** What was said before, and what is said now; the later holds. */
function together(before: Partly | undefined, given: SomeAnswers): SomeAnswers {
  if (!before) return given;
  const { missing: _missing, ...known } = before;
  const trends = { ...known.trends, ...given.trends };
  const more = { ...known.more, ...given.more };
  return {
    ...known,
    ...given,
    answers: { ...known.answers, ...given.answers },
    ...(Object.keys(trends).length > 0 ? { trends } : {}),
    ...(Object.keys(more).length > 0 ? { more } : {}),
  };
}

/** What was answered, whoever typed it in. */
function contentsOf({ answeredOn, answers, trends, more }: SomeAnswers) {
  return { answeredOn, answers: { ...answers }, trends: { ...trends }, more: { ...more } };
}

export const NOT_ASKED: Refusal = {
  code: 'survey_unknown',
  kind: 'unknown',
  field: 'siret',
  detail: 'this firm was not asked anything yet: it is not enrolled, or that has not arrived yet',
};

function notRequested(wave: Wave): Refusal {
  const event = wave === 'BEFORE' ? 'enrolled' : 'completed';
  return {
    code: 'survey_not_requested',
    kind: 'unknown',
    field: 'siret',
    detail: `this firm was not asked in the ${wave} wave: it is not ${event}, or that has not arrived yet; send it again once it is`,
  };
}
