import type { Owners } from '@gpect/service-kit/rights/ownership';
import type { CollectiveAction } from './collective-action.js';

/** By whom a firm was detected, the first time and again. */
interface DetectedFirm {
  readonly detectedBy?: string;
  readonly again?: readonly { readonly detectedBy?: string }[];
}

/** Whose an action is: its carriers'; `partners` are those who may act in it in this matter. */
export function ownersOf(action: CollectiveAction, partners: readonly string[] = []): Owners {
  return { carriers: action.carriers.map((c) => c.code), partners };
}

/** Who may write in a case and see it beside the carriers: partners that detect firms in the action, and who detected this one. */
export function firmOwners(found: DetectedFirm, action: CollectiveAction): Owners {
  const detecting = (action.partners ?? []).filter((p) => p.roles.includes('DETECTION')).map((p) => p.partner);
  const detectedBy = [found, ...(found.again ?? [])].flatMap((d) => d.detectedBy ?? []);
  return ownersOf(action, [...detecting, ...detectedBy]);
}
