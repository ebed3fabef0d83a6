import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { event, SIRET } from './events.js';

interface Line {
  readonly reference: string;
  readonly revision?: number;
  readonly siret?: string;
  readonly paidOn: string;
  readonly amountCents?: number;
  readonly scheme?: string;
}

const whole = ({ reference, revision = 1, siret = SIRET, paidOn, amountCents = 900, scheme = 'PLAN' }: Line) => ({
  line: 2,
  reference,
  revision,
  siret,
  paidOn,
  scheme,
  amountCents,
});

/** A funder's lines, said for the first time. */
export const paid = (lines: readonly Line[], funder = 'opca-a'): RecordedEvent =>
  event('training-spend.spend-lines-recorded', { funder, lines: lines.map(whole) } as never);

/** Lines said otherwise; `wasOf` is the firm that had them. */
export const corrected = (lines: readonly Line[], wasOf = SIRET): RecordedEvent =>
  event('training-spend.spend-lines-corrected', {
    funder: 'opca-a',
    lines: lines.map((line) => ({ ...whole(line), was: { ...whole(line), siret: wasOf } })),
  } as never);

export const takenBack = (lines: readonly Line[]): RecordedEvent =>
  event('training-spend.spend-lines-cancelled', { funder: 'opca-a', lines: lines.map(whole) } as never);
