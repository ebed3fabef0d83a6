import { sizeBand } from '@gpect/domain-values/size-band';
import { NAF, SECTION_KEYS } from '@gpect/reference-data/naf';
import { REGION_CODES, regionOf } from '@gpect/reference-data/regions';
import type { ActionDocument, FirmDocument, ProgrammeDocument } from '../facts/documents.js';
import type { Keeper } from '../facts/keeper.js';
import { workshopThemes } from '../facts/keepers/attendance.js';
import { communes, issues } from '../facts/keepers/firms.js';
import { planThemes } from '../facts/keepers/plans.js';
import { sessions } from '../facts/keepers/sessions.js';

/** What a firm's values are found in. */
export interface Around {
  readonly firm: Omit<FirmDocument, '_id'>;
  /** The collective action of the firm. */
  readonly action?: ActionDocument | undefined;
}

/** What a programme is, by which its values are known whether anything happened at them or not. */
export interface Known {
  readonly programme: Pick<ProgrammeDocument, 'basins' | 'opensOn' | 'closesOn'>;
  readonly actions: readonly ActionDocument[];
}

/** What figures can be cut by. Any number of them can be crossed. */
export interface Dimension {
  readonly name: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** Where its values come from. */
  readonly from: string;
  readonly fromFr: string;
  /**
   * What has the value: a firm has one, or several (an action with two carriers counts for each); a fact has one of its own,
   * so that a firm may stand in several.
   */
  readonly of: 'firm' | 'firm, several' | 'fact';
  /** Whether it is known by the firm's action alone. */
  readonly isOfAction?: boolean;
  /** Whether firms alone have a value of it: what is of an action, and of no firm, is counted in none of its values. */
  readonly isOfFirmsAlone?: boolean;
  /**
   * The values that there are in a programme beside those at which something counts. Absent where the contract of the API lists
   * them (sizes, themes, origins), and where none is a mistake: a carrier that has no action yet did nothing.
   */
  knownIn?(of: Known): readonly string[];
  /** What is kept of events for it alone. */
  readonly keeps?: readonly Keeper[];
  /** The values of a firm; of a workshop, those of its action. */
  valuesOf?(around: Around): readonly string[];
}

const one = (value: string | undefined): readonly string[] => (value ? [value] : []);

const waveOf = ({ call, startsOn }: ActionDocument): readonly string[] => one(call ?? startsOn?.slice(0, 4));

/** The years of two days and all between them. */
function yearsFrom(first: string, last: string): string[] {
  const [from, to] = [first, last].map((day) => Number(day.slice(0, 4))) as [number, number];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => String(from + i));
}

export const DIMENSIONS = [
  {
    name: 'action',
    labelFr: 'Action collective',
    labelEn: 'Collective action',
    from: "the firm's case",
    fromFr: "le dossier de l'entreprise",
    of: 'firm',
    isOfAction: true,
    knownIn: ({ actions }) => actions.map(({ action }) => action),
    valuesOf: ({ firm }) => one(firm.action),
  },
  {
    name: 'basin',
    labelFr: "Bassin d'emploi",
    labelEn: 'Employment basin',
    from: "the firm's case; of a workshop, the first basin of its action",
    fromFr: "le dossier de l'entreprise ; d'un atelier, le premier bassin de son action",
    of: 'firm',
    knownIn: ({ programme }) => programme.basins,
    valuesOf: ({ firm }) => one(firm.basin),
  },
  {
    name: 'carrier',
    labelFr: 'Porteur',
    labelEn: 'Carrier',
    from: 'the collective action; one with several counts for each',
    fromFr: "l'action collective ; une action à plusieurs porteurs compte pour chacun",
    of: 'firm, several',
    isOfAction: true,
    valuesOf: ({ action }) => [...new Set(action?.carriers?.map((c) => c.code))],
  },
  {
    name: 'section',
    labelFr: 'Secteur (NAF rév. 2)',
    labelEn: 'Sector (NAF rev. 2)',
    from: "the NAF code at detection; one of NAF 2025 by INSEE's passage where all of it comes from one section, else its own, as `2025-K`",
    fromFr:
      "le code NAF à la détection ; un code de la NAF 2025 par la table de passage de l'INSEE quand il vient tout entier d'une section, sinon la sienne, comme `2025-K`",
    of: 'firm',
    isOfFirmsAlone: true,
    knownIn: () => SECTION_KEYS,
    valuesOf: ({ firm: { naf } }) => one(naf && NAF.sectionKey(naf)),
  },
  {
    name: 'size',
    labelFr: 'Effectif',
    labelEn: 'Headcount',
    from: 'the headcount at detection',
    fromFr: "l'effectif à la détection",
    of: 'firm',
    isOfFirmsAlone: true,
    valuesOf: ({ firm: { headcount } }) => one(headcount === undefined ? undefined : sizeBand(headcount)),
  },
  {
    name: 'year',
    labelFr: 'Année',
    labelEn: 'Year',
    from: 'the day in the field of what is counted',
    fromFr: 'le jour sur le terrain de ce qui est compté',
    of: 'fact',
    knownIn: ({ programme: { opensOn, closesOn } }) => yearsFrom(opensOn, closesOn),
  },
  {
    name: 'wave',
    labelFr: "Vague d'actions",
    labelEn: 'Wave of actions',
    from: 'the call for projects of the collective action, or the year in which it began',
    fromFr: "l'appel à projets de l'action collective, ou l'année de son début",
    of: 'firm',
    isOfAction: true,
    knownIn: ({ actions }) => actions.flatMap(waveOf),
    valuesOf: ({ action }) => (action ? waveOf(action) : []),
  },
  {
    name: 'theme',
    labelFr: 'Thème',
    labelEn: 'Theme',
    from: 'the session, the workshop, the item of a plan, the issue of a firm',
    fromFr: "la séance, l'animation collective, l'action du plan, la difficulté de l'entreprise",
    of: 'fact',
    keeps: [planThemes, sessions, workshopThemes, issues],
  },
  {
    name: 'origin',
    labelFr: 'Origine de la détection',
    labelEn: 'Origin of the detection',
    from: 'the detection',
    fromFr: 'la détection',
    of: 'firm',
    isOfFirmsAlone: true,
    valuesOf: ({ firm }) => one(firm.source),
  },
  {
    name: 'region',
    labelFr: 'Région',
    labelEn: 'Region',
    from: "the firm's commune, by the regions of today",
    fromFr: "la commune de l'entreprise, dans les régions d'aujourd'hui",
    of: 'firm',
    isOfFirmsAlone: true,
    keeps: [communes],
    knownIn: () => REGION_CODES,
    valuesOf: ({ firm: { commune } }) => one(commune && regionOf(commune)),
  },
  {
    name: 'programme',
    labelFr: 'Dispositif',
    labelEn: 'Programme',
    from: 'the event',
    fromFr: "l'événement",
    of: 'firm',
    valuesOf: ({ firm }) => [firm.programme],
  },
] as const satisfies readonly Dimension[];

export type DimensionName = (typeof DIMENSIONS)[number]['name'];
export type At = Readonly<Partial<Record<DimensionName, string>>>;

/** What firms and workshops take of a dimension from their action alone. */
export function valuesOfAction({ valuesOf }: Dimension, action: ActionDocument): readonly string[] {
  const firm = { programme: action.programme, siret: '', action: action.action };
  return valuesOf?.({ firm, action }) ?? [];
}
