import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';
import { type Basin, type Geography, placeFault } from '../programme/basin-communes.js';

type Decision = DecisionOf<'enrolment/firm case'>;

export type Detected = EventDataByType['fr.gpect.enrolment.firm-detected.v1'];
type Again = EventDataByType['fr.gpect.enrolment.firm-detected-again.v1'];
/** Who detected a firm, when, and why. */
export type Detection = Pick<Again, 'source' | 'detectedOn' | 'detectedBy' | 'note'>;

export interface DetectFirm {
  readonly kind: 'detect';
  readonly firm: Detected;
  readonly actionBasins: readonly string[];
  /** Of the programme, with what is known of their communes. */
  readonly basins: readonly Basin[];
  readonly geography: Geography;
  readonly today: CalendarDate;
}

/** What a detection looks at of a case that is there already. */
interface Known {
  readonly first: Detected;
  readonly again: readonly Detection[];
  readonly status: string;
  readonly allowed: readonly string[];
}

/** One SIRET in one programme is one case: the second to detect it is recorded on it, and the first is kept as it was. */
export function detect(
  { firm, actionBasins, basins, geography, today }: DetectFirm,
  known: Known | undefined,
): Decision {
  if (known && isDeepStrictEqual(known.first, firm)) return ok([]);
  const detection = detectionOf(firm);
  if (known && isAnother(firm, known)) {
    if (known.again.some((d) => isDeepStrictEqual({ ...d }, detection))) return ok([]);
    if (firm.detectedOn > today) return fail(inFuture('detectedOn', firm.detectedOn, 'give the day it happened'));
    const { programme, action, basin, siret } = known.first;
    const data = { programme, action, basin, siret, ...detection };
    return ok([{ type: 'fr.gpect.enrolment.firm-detected-again.v1', data }]);
  }
  if (known) return refuse(firm, known);
  if (!actionBasins.includes(firm.basin)) {
    return fail({
      code: 'basin_unknown',
      kind: 'rule',
      field: 'basin',
      detail: `${firm.basin} is not a basin of action ${firm.action} (${actionBasins.join(', ')})`,
    });
  }
  const fault = placeFault(firm, basins, geography);
  if (fault) return fail(fault);
  if (firm.detectedOn > today)
    return fail(inFuture('detectedOn', firm.detectedOn, 'give the day on which it happened'));
  return ok([{ type: 'fr.gpect.enrolment.firm-detected.v1', data: firm }]);
}

/** Somebody else detected it, for the same action. */
function isAnother(firm: Detected, { first }: Known): boolean {
  const differs = firm.source !== first.source || firm.detectedBy !== first.detectedBy;
  return firm.action === first.action && differs;
}

function refuse(firm: Detected, { first, status, allowed }: Known): Decision {
  const fields = Object.keys({ ...first, ...firm }) as (keyof Detected)[];
  const field = fields.find((name) => first[name] !== firm[name]) ?? 'siret';
  return fail({
    code: 'already_detected',
    kind: 'transition',
    field,
    state: status,
    allowed,
    detail: `one SIRET is one case in a programme: it was detected on ${first.detectedOn} in action ${first.action} with ${field} "${first[field] ?? ''}"`,
  });
}

export function detectionOf({ source, detectedOn, detectedBy, note }: Detection): Detection {
  return { source, detectedOn, ...(detectedBy ? { detectedBy } : {}), ...(note ? { note } : {}) };
}
