import { inProgramme } from '@gpect/domain-values/identifiers';
import type { Caller } from '@gpect/service-kit/http/caller';
import type { Grant } from '@gpect/service-kit/rights/grant';
import { type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { readModelOf } from '../read-model/store.js';
import type { Bilan } from './bilan.js';

/** State and Region see every figure; everybody else what statistical secrecy leaves. */
export function seesEveryFigure({ roles }: Caller): boolean {
  return roles.some((role) => role === 'state' || role === 'region');
}

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
    table: owned({ query: ['rows', 'columns', 'carrier'] }, ({ rows, columns, carrier }) => {
      const tells = [rows, columns].some((axis) => axis === 'action' || axis === 'carrier');
      if (carrier !== undefined) return { carriers: [String(carrier)] };
      return tells ? { carriers: [] } : undefined;
    }),
  };
}

/** What of a bilan a caller is shown: a carrier its own actions among them, a funder its own part of the spend. */
export function shownTo(grant: Pick<Grant, 'caller' | 'only'>, bilan: Bilan, ownActions: readonly string[]): Bilan {
  const funders = grant.only('funder');
  if (!funders) return bilan;
  const isCarrier = grant.caller.roles.includes('carrier');
  const only = <T>(record: Record<string, T>, codes: readonly string[]) =>
    Object.fromEntries(Object.entries(record).filter(([code]) => codes.includes(code)));
  return {
    ...bilan,
    byAction: isCarrier ? only(bilan.byAction, ownActions) : {},
    spend: {
      ...bilan.spend,
      byFunderCents: isCarrier ? bilan.spend.byFunderCents : only(bilan.spend.byFunderCents, funders),
      refused: isCarrier ? bilan.spend.refused : {},
    },
  };
}
