import type { components } from '@gpect/contracts/generated/api-reporting';
import { dictionary, own } from '@gpect/domain-values/records';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { ActionDocument, ExchangeDocument, PracticesDocument } from '../facts/documents.js';

type Bilan = components['schemas']['Bilan'];

const upTo = (asOf: string | undefined) => (day: string) => !asOf || day <= asOf;

/** The last vision that each action's partners adopted of its territory. */
export function visionsOf(actions: readonly ActionDocument[], asOf: string | undefined): Bilan['visions'] {
  return actions.flatMap(({ action, visions = {} }) => {
    const [last] = Object.entries(visions)
      .filter(([, { adoptedOn }]) => upTo(asOf)(adoptedOn))
      .sort(([a], [b]) => Number(b) - Number(a));
    if (!last) return [];
    const { adoptedOn, vision, firms, issues } = last[1];
    return [{ action, adoptedOn, vision, firms, issues: [...issues] }];
  });
}

/** How often consultants met, and how many of them came. */
export function animationOf(exchanges: readonly ExchangeDocument[], asOf: string | undefined): Bilan['animation'] {
  const held = exchanges.filter(({ heldOn }) => upTo(asOf)(heldOn));
  return { exchanges: held.length, consultants: new Set(held.flatMap((e) => e.consultants)).size };
}

/** By practice, what the last survey of each OPCA says. */
export function practicesOf(surveys: readonly PracticesDocument[], asOf: string | undefined): Bilan['practices'] {
  const known = surveys.filter(({ surveyedOn }) => upTo(asOf)(surveyedOn));
  const last = [...groupBy(known, (s) => s.funder).values()].flatMap((of) =>
    [...of].sort((a, b) => `${b.surveyedOn}${b._id}`.localeCompare(`${a.surveyedOn}${a._id}`)).slice(0, 1),
  );
  const firms = dictionary<number | null>();
  // Of a sum of which one part is masked, nothing is told.
  for (const { practice, firms: count } of last.flatMap((s) => s.practices)) {
    const before = own(firms, practice) === undefined ? 0 : firms[practice];
    firms[practice] = before === null || before === undefined || count === null ? null : before + count;
  }
  return {
    funders: last.length,
    firmsSeen: last.reduce((sum, s) => sum + s.firmsSeen, 0),
    firms: Object.fromEntries(Object.entries(firms).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
