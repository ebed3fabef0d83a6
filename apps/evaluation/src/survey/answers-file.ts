import { valuesOf } from '@gpect/contracts/event-contracts';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { own } from '@gpect/domain-values/records';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import {
  furtherQuestions,
  type Question,
  SCORED,
  TRENDS,
  type Version,
  type Wave,
} from '../questionnaire/questions.js';
import type { Answers } from './answering.js';
import { type SurveyCommand, survey } from './survey.js';

const QUESTIONS = SCORED.map((q) => q.question);
const TREND_NAMES = TRENDS.map((q) => q.question);

/** A file of answers to one wave: one line is one firm. The after wave asks the economic trends too. */
/** Questions that a version adds have a column of their name, in files that ask them. */
export function answersFile(programme: string, wave: Wave, versions: readonly Version[], today: string): LineImport {
  const further = versions.flatMap((version) => furtherQuestions(version, wave));
  return {
    columns: ['siret', 'date', ...QUESTIONS, ...(wave === 'AFTER' ? TREND_NAMES : [])],
    columnOf: { siret: 'siret', answeredOn: 'date' },
    toLine: (line) => {
      const cells = new CellReader(line);
      const siret = siretCell(cells, 'siret');
      const answer: Answers = {
        answeredOn: dateCell(cells, 'date', 'iso'),
        answers: Object.fromEntries(QUESTIONS.map((q) => [q, cells.integer(q, 1, 5)])) as Answers['answers'],
        ...(wave === 'AFTER' ? { trends: trendsOf(cells) } : {}),
        ...furtherOf(further, line),
      };
      const command: SurveyCommand = { kind: 'answer', wave, answer, versions, today };
      return cells.done(() => ({
        target: target(survey, inProgramme(programme, siret), command),
        asks: [{ operation: 'answerSurvey', column: 'siret', path: { programme, siret }, body: { wave, ...answer } }],
      }));
    },
  };
}

function trendsOf(cells: CellReader): NonNullable<Answers['trends']> {
  return Object.fromEntries(TREND_NAMES.map((t) => [t, cells.oneOf(t, valuesOf('Trend'))])) as NonNullable<
    Answers['trends']
  >;
}

function furtherOf(further: readonly Question[], line: Readonly<Record<string, string>>): Pick<Answers, 'more'> {
  const said = further.flatMap(({ question, kind }) => {
    const text = own(line, question)?.trim();
    if (!text) return [];
    const number = Number(text.replace(',', '.'));
    return [[question, kind === 'TEXT' || kind === 'CHOICE' || Number.isNaN(number) ? text : number] as const];
  });
  return said.length > 0 ? { more: Object.fromEntries(said) } : {};
}
