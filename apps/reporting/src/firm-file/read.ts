import type { CalendarDate } from '@gpect/domain-values/calendar';
import type { FirmDocument } from '../facts/documents.js';
import { readModelOf } from '../facts/store.js';
import { requireAllWhole } from '../feed/being-counted.js';
import type { Instant } from '../feed/feed.js';
import { FIGURES } from '../figures/registry.js';
import { installationKey } from '../installation-key.js';
import type { FirmSource } from './column.js';
import { pseudonymOf } from './pseudonym.js';
import { OF_SURVEY } from './survey-columns.js';

/** Figures that a file gives by theme: what was done, and what was planned. */
const THEMED = ['halfDays', 'planItems', 'planItemsDone'];

/**
 * What rows of a programme's firms are made from, of one instant.
 * @throws Problem 503 while any history is being read: a column would be wrong, and nobody would see it
 */
export async function firmSources(instant: Instant, programme: string, asOf?: string): Promise<FirmSource[]> {
  requireAllWhole(instant);
  const { cube, connection, session } = instant;
  const measures = FIGURES.filter(({ facts }) => facts).map(({ id }) => `${id}:*`);
  const firms = await cube.firms({ programme, asOf, measures: [...measures, ...OF_SURVEY] });
  const ever = asOf ? await cube.firms({ programme, measures: ['detected'] }) : firms;
  const detected = new Set(ever.filter(({ said }) => said.has('detected')).map(({ id }) => id));
  const themes = await cube.firmThemes({ programme, asOf, measures: THEMED });
  const answered = await readModelOf(connection, 'firms')
    .find({ programme }, { answers: 1, partlyAnswered: 1, trends: 1 }, session ? { session } : {})
    .lean();
  const surveys = new Map(answered.map(({ _id, ...survey }) => [_id, surveyUpTo(survey, asOf)]));
  const key = await installationKey(connection, 'pseudonym');
  return (
    firms
      // Of a firm that was detected later, nothing was known on that day, though its funders had paid already.
      .filter(({ id, said }) => said.size > 0 && (said.has('detected') || !detected.has(id)))
      .map((firm) => ({
        pseudonym: pseudonymOf(key, firm.id),
        firm: { ...firm, said: new Map([...firm.said, ...(themes.get(firm.id) ?? [])]) },
        survey: surveys.get(firm.id) ?? {},
      }))
  );
}

type Survey = Pick<FirmDocument, 'answers' | 'partlyAnswered' | 'trends'>;

/** What was answered by a day; trends are said with the last answers. */
export function surveyUpTo({ answers, partlyAnswered, trends }: Survey, asOf: CalendarDate | undefined): Survey {
  const upTo = (waves: Survey['answers'] = {}) =>
    Object.fromEntries(Object.entries(waves).filter(([, { on }]) => !asOf || on <= asOf));
  const known = upTo(answers);
  return {
    answers: known,
    partlyAnswered: upTo(partlyAnswered),
    ...(trends && 'AFTER' in known ? { trends } : {}),
  };
}
