import { disclosureRuleOf } from '@gpect/domain-values/disclosure';
import type { ReleaseDocument } from '../src/releases/release.js';

/** A release of programme `p` on a day. */
export const releaseOn = (date: string, madeAt = new Date(`${date}T10:00:00Z`)): ReleaseDocument => ({
  _id: `p/${date}`,
  programme: 'p',
  date,
  madeAt,
  madeBy: 'REQUEST',
  positions: { 'topic/0': 7 },
  rule: disclosureRuleOf({}),
  cells: 2,
  masked: 1,
  documents: {} as ReleaseDocument['documents'],
  isWhole: true,
});
