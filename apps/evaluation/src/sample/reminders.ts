import { addDays, type CalendarDate, todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { survey } from '../survey/survey.js';
import { type Sample, sample } from './sample.js';
import { sampledSurveys } from './sampled.js';

const CHUNK = 500;

/** How many reminders are due by a day, for a firm drawn on another. Pure. */
export function remindersDue(drawnOn: CalendarDate, afterDays: readonly number[], today: CalendarDate): number {
  return afterDays.filter((days) => addDays(drawnOn, days) <= today).length;
}

/** Reminds those of a sample who have not answered and are due. @returns how many */
export async function remindSample(
  { connection, runner }: ServiceContext,
  drawn: Sample,
  today: CalendarDate,
): Promise<number> {
  const { wave, drawnOn, remindAfterDays = [] } = drawn;
  const number = remindersDue(drawnOn, remindAfterDays, today);
  if (number === 0) return 0;
  const silent = (await sampledSurveys(connection, drawn)).filter((s) => {
    const asked = s.waves[wave];
    return asked && !asked.answer && (asked.reminders?.length ?? 0) < number;
  });
  let reminded = 0;
  for (let from = 0; from < silent.length; from += CHUNK) {
    const outcomes = await runner.run(
      silent
        .slice(from, from + CHUNK)
        .map(({ programme, siret }) =>
          target(survey, inProgramme(programme, siret), { kind: 'remind', wave, number, today }),
        ),
    );
    reminded += outcomes.filter((o) => o.ok && o.events.length > 0).length;
  }
  return reminded;
}

/** The reminders of every sample that are due now. */
export async function remindAll(context: ServiceContext): Promise<void> {
  const today = todayInParis(new Date());
  for (const drawn of await context.runner.startingWith<Sample>(sample.collection, ''))
    await remindSample(context, drawn, today);
}
