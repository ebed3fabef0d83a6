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

/**
 * By practice, what the last survey of each OPCA says: of each, and together. A firm that two OPCA fund is in what both say, and
 * neither names its firms: together they are as many as the OPCA that speaks of the most, at least, and the sum at most.
 */
export function practicesOf(surveys: readonly PracticesDocument[], asOf: string | undefined): Bilan['practices'] {
  const known = surveys.filter(({ surveyedOn }) => upTo(asOf)(surveyedOn));
  const last = [...groupBy(known, (s) => s.funder).values()].flatMap((of) =>
    [...of].sort((a, b) => `${b.surveyedOn}${b._id}`.localeCompare(`${a.surveyedOn}${a._id}`)).slice(0, 1),
  );
  const byPractice = dictionary<(number | null)[]>();
  for (const { practice, firms } of last.flatMap((s) => s.practices))
    byPractice[practice] = [...(own(byPractice, practice) ?? []), firms];
  const practices = Object.entries(byPractice).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    funders: last.length,
    firmsSeen: rangeOf(last.map((s) => s.firmsSeen)).most,
    firms: Object.fromEntries(practices.map(([practice, counts]) => [practice, rangeOf(counts).most])),
    firmsSeenRange: rangeOf(last.map((s) => s.firmsSeen)),
    range: Object.fromEntries(practices.map(([practice, counts]) => [practice, rangeOf(counts)])),
    byFunder: last
      .map(({ funder, surveyedOn, firmsSeen, practices: of }) => ({
        funder,
        surveyedOn,
        firmsSeen,
        firms: Object.fromEntries(of.map(({ practice, firms }) => [practice, firms])),
      }))
      .sort((a, b) => (a.funder < b.funder ? -1 : 1)),
    ...SEEN_BY_SEVERAL,
  };
}

/** Of what several say, of which one part is masked, nothing is told. */
function rangeOf(counts: readonly (number | null)[]): { least: number | null; most: number | null } {
  const told = counts.filter((count) => count !== null);
  if (told.length < counts.length) return { least: null, most: null };
  return { least: Math.max(0, ...told), most: told.reduce((sum, count) => sum + count, 0) };
}

const SEEN_BY_SEVERAL = {
  noteFr:
    'Une entreprise financée par deux OPCA est comptée par chacun, et aucun ne nomme les siennes : ensemble, elles sont au moins celles de l’OPCA qui en voit le plus, au plus la somme.',
  noteEn:
    'A firm that two OPCA fund is counted by each, and none names its own: together they are at least those of the OPCA that sees the most, and at most the sum.',
};
