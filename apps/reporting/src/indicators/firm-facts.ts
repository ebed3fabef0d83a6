import { later, monthOf } from '@gpect/domain-values/calendar';
import { isWithin, spendWindows } from '@gpect/domain-values/spend-windows';
import type { Fact } from '../cells/measures.js';
import type { FirmDocument } from '../read-model/documents.js';
import type { IndicatorId } from './indicators.js';
import { surveyFacts } from './survey-facts.js';

/** The days that decide where a firm's spend counts. */
export type FirmDates = Pick<FirmDocument, 'enrolledOn' | 'completedOn'>;

/** All that a firm's facts are made from. */
export interface FirmData {
  readonly firm: Omit<FirmDocument, '_id'>;
  /** Of the firm, or of the one that it is now where its SIRET moved. */
  readonly dates: FirmDates;
  readonly targetHeadcount: number;
}

/** Before any day: of what was told without one, where nothing bounds it. */
const ALWAYS = '0001-01-01';

/** What one firm says, day by day; a measure is an indicator's id, or that and a part. */
export function firmFacts({ firm, dates, targetHeadcount }: FirmData): Fact[] {
  return [
    ...pathFacts(firm, targetHeadcount),
    ...deliveryFacts(firm),
    ...surveyFacts(firm),
    ...spendFacts(firm, dates),
  ];
}

function pathFacts(firm: FirmData['firm'], targetHeadcount: number): Fact[] {
  const facts: Fact[] = [];
  const once = (id: IndicatorId, day: string | undefined, atLeast: string | undefined) => {
    if (day !== undefined) facts.push([id, day || (atLeast ?? ALWAYS), 1]);
  };
  if (firm.mergedInto) return facts;
  const { detectedOn, enrolledOn, headcount } = firm;
  once('detected', detectedOn, undefined);
  once('ineligible', firm.ineligible, detectedOn);
  once('notMature', firm.notMature, detectedOn);
  once('qualified', firm.qualified, detectedOn);
  once('declined', firm.declined, detectedOn);
  once('enrolled', enrolledOn, undefined);
  once('accompanied', firm.completedOn, undefined);
  once('abandoned', firm.abandoned, enrolledOn);
  if (headcount !== undefined) once(headcount < targetHeadcount ? 'under100' : 'over100', enrolledOn, undefined);
  return facts;
}

function deliveryFacts({ sessions = {}, workshops = {}, plan = {} }: FirmData['firm']): Fact[] {
  return [
    ...Object.values(plan).flatMap(({ agreedOn, status, on }): Fact[] => [
      ...(agreedOn ? [['planItems', agreedOn, 1] as const] : []),
      ...(status === 'DONE' && on ? [['planItemsDone', on, 1] as const] : []),
    ]),
    ...Object.entries(sessions).flatMap(([day, held]): Fact[] => [
      ['sessions', day, held.sessions ?? 0],
      ['halfDays', day, held.halfDays ?? 0],
      ...Object.entries(held.at ?? {}).flatMap(([stage, groups]) =>
        Object.entries(groups).map(([group, count]): Fact => [`participation:${stage}:${group}`, day, count]),
      ),
    ]),
    ...Object.entries(workshops).flatMap(([day, { invited = 0, attended = 0 }]): Fact[] => [
      ['invited', day, invited],
      ['attended', day, attended],
    ]),
  ];
}

/** In euro cents. */
function spendFacts({ spend = {}, spendLines = {} }: FirmData['firm'], dates: FirmDates): Fact[] {
  const facts: Fact[] = Object.entries(spendLines).map(([day, lines]) => ['spend:lines', day, lines]);
  const windows = spendWindows(dates.enrolledOn, dates.completedOn);
  for (const [day, byFunder] of Object.entries(spend)) {
    let ofDay = 0;
    for (const [funder, byScheme] of Object.entries(byFunder)) {
      for (const [scheme, cents] of Object.entries(byScheme)) {
        facts.push([`spend:funder:${funder}`, day, cents], [`spend:scheme:${scheme}`, day, cents]);
        ofDay += cents;
      }
    }
    facts.push(['spend', day, ofDay]);
    const month = monthOf(day);
    if (dates.enrolledOn) facts.push(['spendEnrolled', later(day, dates.enrolledOn), ofDay]);
    if (windows && dates.completedOn && isWithin(month, windows.before))
      facts.push(['spendBefore', dates.completedOn, ofDay]);
    if (windows && isWithin(month, windows.after)) facts.push(['spendAfter', day, ofDay]);
  }
  return facts;
}
