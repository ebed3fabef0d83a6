import { valuesOf } from '@gpect/contracts/event-contracts';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import { type Answers, type SurveyCommand, survey, type Wave } from './survey.js';

const QUESTIONS = [
  'strategy_clear',
  'strategy_shared',
  'time_for_anticipation',
  'information_flows',
  'roles_clear',
  'social_climate',
  'staff_representation_dialogue',
  'training_priority',
  'training_policy_exists',
] as const;
const TRENDS = ['activity', 'profitability', 'client_portfolio', 'quality'] as const;

/** A file of answers to one wave: one line is one firm. The after wave asks the economic trends too. */
export function answersFile(programme: string, wave: Wave, today: string): LineImport {
  return {
    columns: ['siret', 'date', ...QUESTIONS, ...(wave === 'AFTER' ? TRENDS : [])],
    columnOf: { siret: 'siret', answeredOn: 'date' },
    toTarget: (line) => {
      const cells = new CellReader(line);
      const siret = siretCell(cells, 'siret');
      const answer: Answers = {
        answeredOn: dateCell(cells, 'date', 'iso'),
        answers: Object.fromEntries(QUESTIONS.map((q) => [q, cells.integer(q, 1, 5)])) as Answers['answers'],
        ...(wave === 'AFTER' ? { trends: trendsOf(cells) } : {}),
      };
      const command: SurveyCommand = { kind: 'answer', wave, answer, today };
      return cells.done(() => target(survey, inProgramme(programme, siret), command));
    },
  };
}

function trendsOf(cells: CellReader): NonNullable<Answers['trends']> {
  return Object.fromEntries(TRENDS.map((t) => [t, cells.oneOf(t, valuesOf('Trend'))])) as NonNullable<
    Answers['trends']
  >;
}
