import { WINDOW_RULE } from '@gpect/domain-values/spend-windows';
import type { Documents } from '../programmes/documents.js';
import type { ToldCell } from '../secrecy/told.js';
import type { Bilan } from './shape.js';

/** Training spend, in euro cents. */
export function spendOf(
  total: ToldCell,
  { refused, refusedLines }: Pick<Documents, 'refused' | 'refusedLines'>,
  hidden: ReadonlySet<string>,
): Bilan['spend'] {
  const amount = (id: string) => (hidden.has(id) ? null : total.value(id));
  const parts = (measure: string) => (hidden.has('spend') ? {} : Object.fromEntries(total.parts(measure)));
  const firms = (id: string) => (hidden.has(id) ? null : total.firms(id));
  return {
    lines: hidden.has('spend') ? null : total.value('spend:lines'),
    totalCents: amount('spend'),
    byFunderCents: parts('spend:funder'),
    bySchemeCents: parts('spend:scheme'),
    enrolledFirmsCents: amount('spendEnrolled'),
    accompaniedFirmsCents: {
      before12Months: amount('spendBefore'),
      after12Months: amount('spendAfter'),
      firmsBefore: firms('spendBefore'),
      firmsAfter: firms('spendAfter'),
      windowRule: WINDOW_RULE,
    },
    refusedLines,
    refused,
  };
}
