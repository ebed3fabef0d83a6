import { type ApiClient, Refused } from './api-client.js';
import { QUESTIONS } from './questions.js';

export type Figures = Readonly<Record<string, number>>;

/** The bilan as GET /bilan gives it (packages/contracts/openapi/reporting.yaml). */
export interface Bilan {
  readonly programme: { readonly code: string; readonly name: string };
  readonly figures: Figures;
  readonly byBasin: Readonly<Record<string, Figures>>;
  readonly byAction: Readonly<Record<string, Figures>>;
  readonly survey: {
    readonly firms: number;
    readonly yes: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
    readonly trainingPriority: {
      readonly littleRecourseAndNoPolicyBefore: number;
      readonly priorityAfter: number;
      readonly of: number;
    };
  };
  readonly spend: {
    readonly lines: number;
    readonly totalCents: number;
    readonly byFunderCents: Figures;
    readonly bySchemeCents: Figures;
    readonly enrolledFirmsCents: number;
    readonly accompaniedFirmsCents: {
      readonly before12Months: number;
      readonly after12Months: number;
      readonly windowRule: string;
    };
    readonly refusedLines: number;
    readonly refused: Readonly<Record<string, readonly { readonly line: number; readonly reason: string }[]>>;
  };
  readonly definitions: readonly {
    readonly id: string;
    readonly labelFr: string;
    readonly definition: string;
    readonly sources: readonly string[];
    readonly firms: number;
  }[];
  readonly provenance: { readonly topics: Readonly<Record<string, Readonly<Record<string, string>>>> };
}

/** The bilan as it is now, with every figure: of full sight, which says why. */
export async function fetchBilan(api: ApiClient, programme: string): Promise<Bilan> {
  const query = new URLSearchParams({ programme, purpose: 'Lecture du bilan depuis la ligne de commande' });
  return (await api.get('reporting', { roles: ['state'] }, `/bilan?${query}`)) as Bilan;
}

/** Releases the figures as they are, for evaluators, carriers and funders; once a day, so that a second time it changes nothing. */
export async function releaseFigures(api: ApiClient, programme: string): Promise<void> {
  try {
    await api.command('reporting', { roles: ['state'] }, '/releases', { programme });
  } catch (error) {
    if (!(error instanceof Refused && error.status === 409)) throw error;
  }
}

const NOBODY_SAID_YES = Object.fromEntries(Object.keys(QUESTIONS).map((id) => [id, { before: 0, after: 0 }]));

/**
 * The bilan with the keys and meanings of the sample's truth.json: a count of nothing has no key there (but `attended`
 * where somebody was invited), and a funder `opca-a` is `a`.
 */
export function inTruthShape({ figures, byBasin, byAction, survey, spend }: Bilan): object {
  const counted = (group: Figures) =>
    Object.fromEntries(
      Object.entries(group).filter(([name, count]) => count !== 0 || (name === 'attended' && group['invited'] !== 0)),
    );
  return {
    basins: Object.keys(byBasin).length,
    actions: Object.keys(byAction).length,
    byBasin: Object.fromEntries(Object.entries(byBasin).map(([code, group]) => [code, counted(group)])),
    survey: {
      firms: survey.firms,
      yes: { ...NOBODY_SAID_YES, ...survey.yes },
      trainingPriority: survey.trainingPriority,
    },
    spend: {
      acceptedCents: counted({
        ...Object.fromEntries(
          Object.entries(spend.byFunderCents).map(([funder, cents]) => [funder.replace(/^opca-/, ''), cents]),
        ),
        ...spend.bySchemeCents,
        total: spend.totalCents,
        lines: spend.lines,
        enrolledFirms: spend.enrolledFirmsCents,
      }),
      refused: spend.refused,
      refusedLines: spend.refusedLines,
      accompaniedFirmsCents: counted({
        before12Months: spend.accompaniedFirmsCents.before12Months,
        after12Months: spend.accompaniedFirmsCents.after12Months,
      }),
      windowRule: spend.accompaniedFirmsCents.windowRule,
    },
    programme: counted(figures),
  };
}
