import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { MATURITY_CRITERIA, type MaturityScores } from '@gpect/domain-values/maturity';
import { own } from '@gpect/domain-values/records';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { notKnown } from '@gpect/service-kit/aggregate/refusals';
import { gridInForce, type MaturityRules, maturityBy } from '../programme/maturity-grid.js';

type Decision = DecisionOf<'enrolment/firm case'>;

type Qualified = EventDataByType['fr.gpect.enrolment.firm-qualified.v1'];
export type FurtherScores = Readonly<Record<string, number>>;

/** What the programme says about a case; part of the command. */
export interface Rules extends MaturityRules {
  readonly headcountCeiling: number;
}

export interface QualifyFirm {
  readonly kind: 'qualify';
  readonly scores: MaturityScores;
  /** Of the criteria that the grid adds to the four. */
  readonly furtherScores?: FurtherScores;
  readonly qualifiedOn?: CalendarDate;
  readonly qualifiedBy?: string;
  readonly justifications?: Qualified['justifications'];
  readonly rules: Rules;
  readonly today: CalendarDate;
}

/** What the decision looks at of a case. */
interface Candidate {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly headcount: number;
  readonly status: string;
  readonly scores?: MaturityScores;
  readonly furtherScores?: FurtherScores;
}

/** Eligible by its headcount, mature by the grid that applied on the day. */
export const qualifying = {
  known: (command: QualifyFirm, state: Candidate) => (isKnown(command, state) ? ok([]) : undefined),
  decide: qualify,
};

function qualify(command: QualifyFirm, state: Candidate): Decision {
  const { scores, furtherScores = {}, qualifiedOn, qualifiedBy, justifications, rules, today } = command;
  const { programme, action, basin, siret, headcount } = state;
  const keys = { programme, action, basin, siret };
  const on = qualifiedOn ? { qualifiedOn } : {};
  if (headcount > rules.headcountCeiling) {
    const reasons = [`${headcount} employees is above the ceiling of ${rules.headcountCeiling}`];
    return ok([
      {
        type: 'fr.gpect.enrolment.firm-found-ineligible.v1',
        data: { ...keys, headcount, ceiling: rules.headcountCeiling, reasons, ...on },
      },
    ]);
  }
  const grid = gridInForce(rules, qualifiedOn ?? today);
  const asked = grid.criteria.map((c) => c.criterion);
  const stranger = [...Object.keys(furtherScores), ...Object.keys(justifications ?? {})].find(
    (name) => !asked.includes(name),
  );
  if (stranger)
    return fail(
      notKnown('criterion', stranger, `version ${grid.version} of the maturity grid has ${asked.join(', ')}`),
    );
  const missing = asked.filter((name) => own<unknown>({ ...furtherScores, ...scores }, name) === undefined);
  if (missing.length > 0)
    return fail({
      code: 'criterion_missing',
      kind: 'rule',
      field: 'furtherScores',
      detail: `no score for ${missing.join(', ')}, which version ${grid.version} of the maturity grid asks for`,
    });
  const total = maturityBy(grid, { ...furtherScores, ...scores });
  const { threshold } = grid;
  const data = {
    ...keys,
    headcount,
    scores,
    total,
    threshold,
    ...on,
    ...(qualifiedBy ? { qualifiedBy } : {}),
    ...(justifications ? { justifications } : {}),
    ...(grid.version > 1 ? { grid: grid.version } : {}),
    ...(Object.keys(furtherScores).length > 0 ? { furtherScores } : {}),
  };
  if (total >= threshold) return ok([{ type: 'fr.gpect.enrolment.firm-qualified.v1', data }]);
  const reasons = [`maturity ${total} is below the threshold of ${threshold}`];
  return ok([{ type: 'fr.gpect.enrolment.firm-found-not-mature.v1', data: { ...data, reasons } }]);
}

function isKnown({ scores, furtherScores = {} }: QualifyFirm, state: Candidate): boolean {
  if (!state.scores) return state.status === 'INELIGIBLE';
  return (
    MATURITY_CRITERIA.every((c) => state.scores?.[c] === scores[c]) &&
    isDeepStrictEqual({ ...state.furtherScores }, { ...furtherScores })
  );
}
