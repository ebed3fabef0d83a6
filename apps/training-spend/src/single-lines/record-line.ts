import type { components } from '@gpect/contracts/generated/api-training-spend';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { isSiret } from '@gpect/domain-values/siret';
import { schemeOf, wasPayable } from '@gpect/reference-data/schemes';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown } from '@gpect/service-kit/aggregate/refusals';
import type { Origin } from '../spend-line/file-id.js';
import {
  type AlikeLine,
  type Content,
  type Decided,
  decideKnown,
  type Kind,
  type SpendLine,
} from '../spend-line/spend-line.js';

export type SentLine = components['schemas']['RecordLine'];

const KINDS: Readonly<Record<NonNullable<SentLine['operation']>, Kind>> = {
  RECORD: 'record',
  CORRECT: 'correct',
  CANCEL: 'cancel',
};

/** Decides one line that came by itself. Pure. */
export function recordLine(
  sent: SentLine,
  known: SpendLine | undefined,
  alike: readonly AlikeLine[],
  origin: Origin,
  today: CalendarDate,
): Result<Decided & { readonly key?: string }, Refusal> {
  const unfit = unfitLine(sent, today);
  if (unfit) return fail(unfit);
  const { siret, paidOn, scheme, amountCents, hours, trainees } = sent;
  const content: Content = {
    siret,
    paidOn,
    scheme,
    amountCents,
    ...(hours === undefined ? {} : { hours }),
    ...(trainees === undefined ? {} : { trainees }),
  };
  const saying = { kind: KINDS[sent.operation ?? 'RECORD'], content, origin, differing: 'refuse' } as const;
  const decided = decideKnown(saying, known, alike);
  return decided.ok ? ok(decided.value) : fail(decided.fault);
}

function unfitLine({ siret, paidOn, scheme }: SentLine, today: CalendarDate): Refusal | undefined {
  if (!isSiret(siret))
    return {
      code: 'siret_invalid',
      kind: 'rule',
      field: 'siret',
      value: siret,
      detail: `${siret}: a check digit does not agree; give the 14 digits of the establishment`,
    };
  if (paidOn > today) return inFuture('paidOn', paidOn, 'send a line once it is paid');
  const registered = schemeOf(scheme);
  if (!registered) return { ...notKnown('scheme', scheme, 'no scheme of the register (GET /schemes)'), kind: 'rule' };
  if (wasPayable(registered, paidOn)) return undefined;
  return {
    code: 'scheme_not_in_force',
    kind: 'rule',
    field: 'paidOn',
    value: paidOn,
    detail: `${registered.labelFr} could not be paid on ${paidOn}; mend the day or the scheme`,
  };
}
