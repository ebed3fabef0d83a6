import { valuesOf } from '@gpect/contracts/event-contracts';
import { VALUES_IN_FRENCH } from '@gpect/contracts/values-in-french';
import { inProgramme } from '@gpect/domain-values/identifiers';
import type { LineCells } from '@gpect/file-imports/line-cells';
import type { LineImport } from '@gpect/file-imports/line-import';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import {
  furtherQuestions,
  type Question,
  SCORED,
  TRENDS,
  type Version,
  type Wave,
} from '../questionnaire/questions.js';
import { type Answers, TRENDS_BEFORE } from './answering.js';
import { type SurveyCommand, survey } from './survey.js';

const QUESTIONS = SCORED.map((q) => q.question);
const TREND_NAMES = TRENDS.map((q) => q.question);

/** A question's column bears its name in the contract, or the question as the questionnaire asks it. */
const columnOf = ({ question, label, english }: Question) => ({
  name: question,
  aliases: [label, ...(english === undefined ? [] : [english])],
});

/**
 * A file of answers to one wave: one line is one firm. The after wave asks the economic trends too. Questions that a version
 * adds have a column of their name or their label, in files that ask them.
 */
export function answersFile(programme: string, wave: Wave, versions: readonly Version[], today: string): LineImport {
  const further = versions.flatMap((version) => furtherQuestions(version, wave));
  // The before wave does not ask them: it has no such columns, or empty ones.
  const optional = new Map([...(wave === 'BEFORE' ? TRENDS : []), ...further].map((q) => [q.question, q]));
  const asked = [...SCORED, ...(wave === 'AFTER' ? TRENDS : [])];
  return {
    columns: [
      { name: 'siret', holds: 'siret', aliases: ['n° siret', 'numéro siret', 'siret entreprise'] },
      { name: 'date', holds: 'day', aliases: ['date de réponse', 'date réponse', 'répondu le'] },
      ...asked.map(columnOf),
      ...[...optional.values()].map((question) => ({
        ...columnOf(question),
        mayBeEmpty: true as const,
        mayLack: true as const,
      })),
    ],
    columnOf: { answeredOn: 'date' },
    toLine: (cells) => {
      const siret = cells.siret('siret');
      const early = wave === 'BEFORE' && TREND_NAMES.find((name) => cells.optionalText(name) !== undefined);
      if (early) cells.break(early, TRENDS_BEFORE);
      const answer: Answers = {
        answeredOn: cells.day('date'),
        answers: Object.fromEntries(QUESTIONS.map((q) => [q, cells.integer(q)])) as Answers['answers'],
        ...(wave === 'AFTER' ? { trends: trendsOf(cells) } : {}),
        ...furtherOf(further, cells),
      };
      const command: SurveyCommand = { kind: 'answer', wave, answer, versions, today };
      return cells.done(() => ({
        target: target(survey, inProgramme(programme, siret), command),
        asks: [{ operation: 'answerSurvey', column: 'siret', path: { programme, siret }, body: { wave, ...answer } }],
      }));
    },
  };
}

function trendsOf(cells: LineCells): NonNullable<Answers['trends']> {
  return Object.fromEntries(
    TREND_NAMES.map((t) => [t, cells.oneOf(t, valuesOf('Trend'), VALUES_IN_FRENCH.Trend)]),
  ) as NonNullable<Answers['trends']>;
}

function furtherOf(further: readonly Question[], cells: LineCells): Pick<Answers, 'more'> {
  const said = further.flatMap(({ question, kind }) => {
    const text = cells.optionalText(question);
    if (!text) return [];
    const number = Number(text.replace(',', '.'));
    return [[question, kind === 'TEXT' || kind === 'CHOICE' || Number.isNaN(number) ? text : number] as const];
  });
  return said.length > 0 ? { more: Object.fromEntries(said) } : {};
}
