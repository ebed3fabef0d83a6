import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Grant } from '@gpect/service-kit/rights/grant';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { Bilan } from '../bilan/shape.js';
import { readModelOf } from '../facts/store.js';

/**
 * A carrier asks about the programme as a whole, or about its own actions; a table that tells actions or carriers apart is
 * of its own alone.
 */
export function reportingOwnership({ connection }: ServiceContext): Ownership {
  const ofAction = async (programme: unknown, action: unknown) => {
    const id = inProgramme(String(programme), String(action));
    const found = await readModelOf(connection, 'actions').findById(id).lean();
    return found ? { carriers: found.carriers?.map((c) => c.code) ?? [], funders: [] } : undefined;
  };
  /** What tells actions or carriers apart is of the carrier's own alone. */
  const tells = (axes: readonly unknown[], { programme, action, carrier }: Readonly<Record<string, unknown>>) => {
    if (action !== undefined) return ofAction(programme, action);
    if (carrier !== undefined) return { carriers: [String(carrier)] };
    return axes.some((axis) => axis === 'action' || axis === 'carrier') ? { carriers: [] } : undefined;
  };
  return {
    scope: owned({ query: ['programme', 'action', 'carrier'] }, ({ programme, action, carrier }) => {
      if (action !== undefined) return ofAction(programme, action);
      return carrier === undefined ? undefined : { carriers: [String(carrier)] };
    }),
    // Firms are named: a carrier asks for its own.
    warnings: owned({ query: ['programme', 'action', 'carrier'] }, ({ programme, action, carrier }) => {
      if (action !== undefined) return ofAction(programme, action);
      return { carriers: carrier === undefined ? [] : [String(carrier)] };
    }),
    table: owned({ query: ['programme', 'rows', 'columns', 'action', 'carrier'] }, ({ rows, columns, ...of }) =>
      tells([rows, columns], of),
    ),
    cross: owned({ query: ['programme', 'by', 'action', 'carrier'] }, ({ by, ...of }) => tells([by].flat(), of)),
  };
}

/** Who reads how projects were scored: not those that applied. */
const JUDGES: readonly string[] = ['state', 'region', 'evaluator'];

/** What of a bilan a caller is shown: a carrier its own actions among them, a funder its own part of the spend. */
export function shownTo(grant: Pick<Grant, 'caller' | 'only'>, bilan: Bilan, ownActions: readonly string[]): Bilan {
  const funders = grant.only('funder');
  if (!funders) return grant.caller.roles.some((role) => JUDGES.includes(role)) ? bilan : { ...bilan, projects: [] };
  const isCarrier = grant.caller.roles.includes('carrier');
  const only = <T>(record: Record<string, T>, codes: readonly string[]) =>
    Object.fromEntries(Object.entries(record).filter(([code]) => codes.includes(code)));
  return {
    ...bilan,
    projects: [],
    details: Object.fromEntries(Object.entries(bilan.details).map(([id, detail]) => [id, openedTo(grant, detail)])),
    practices: isCarrier
      ? bilan.practices
      : { ...bilan.practices, byFunder: bilan.practices.byFunder.filter(({ funder }) => funders.includes(funder)) },
    byAction: isCarrier ? only(bilan.byAction, ownActions) : {},
    spend: {
      ...bilan.spend,
      byFunderCents: isCarrier ? bilan.spend.byFunderCents : only(bilan.spend.byFunderCents, funders),
    },
  };
}

/** What of a figure's parts a caller is shown: who funds, of funders its own. */
export function openedTo<Opened extends { readonly parts?: Readonly<Record<string, number | null>> }>(
  grant: Pick<Grant, 'caller' | 'only'>,
  opened: Opened,
): Opened {
  const funders = grant.only('funder');
  if (!funders || !opened.parts || grant.caller.roles.includes('carrier')) return opened;
  const shown = Object.entries(opened.parts).filter(([part]) => {
    const [kind, code = ''] = part.split(/:(.*)/s);
    return kind !== 'funder' || funders.includes(code);
  });
  return { ...opened, parts: Object.fromEntries(shown) };
}
