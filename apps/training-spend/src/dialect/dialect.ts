import { isDeepStrictEqual } from 'node:util';
import type { components } from '@gpect/contracts/generated/api-training-spend';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { nameKey } from '@gpect/tabular-files/name-key';
import { isOrganisation, schemeOf } from '../scheme/register.js';

type Decision = DecisionOf<'training-spend/dialect'>;

/** How one funder writes its files: data, not code. Schema: `Dialect` in the OpenAPI document of this service. */
export type Dialect = Required<Omit<components['schemas']['Dialect'], Undeclared>> &
  Pick<components['schemas']['Dialect'], Undeclared>;
/** What a funder need not say, and what has no usual value. */
type Undeclared = 'name' | 'organisation' | 'operations' | 'unit' | 'decimals' | 'statuses' | 'totals' | 'sheets';
/** A dialect as people write it, what is usual left out. */
export type WrittenDialect = Partial<Dialect> & Pick<Dialect, 'columns' | 'schemes'>;
export type Field = keyof Dialect['columns'];

export interface VersionedDialect {
  readonly funder: string;
  readonly version: number;
  readonly dialect: Dialect;
}

export interface PublishDialect {
  readonly kind: 'publish';
  readonly funder: string;
  readonly dialect: WrittenDialect;
}

const USUAL = {
  encoding: 'auto',
  delimiter: 'auto',
  decimal: 'auto',
  dates: ['french', 'iso'],
  leadingZerosLost: false,
  key: ['reference'],
  differing: 'refuse',
} as const;

/** A dialect with what is usual filled in. */
export function completed(written: WrittenDialect): Dialect {
  return { ...structuredClone(USUAL), ...written } as Dialect;
}

/** The versions of one funder's dialect, oldest first: a file is read by the version that was newest when it came. */
export const dialects: Aggregate<
  'training-spend/dialect',
  { readonly versions: readonly VersionedDialect[] },
  PublishDialect
> = {
  collection: 'dialects',
  initial: { versions: [] },
  decide: ({ funder, dialect: written }, { versions }) => {
    const dialect = completed(written);
    const fault = faultOf(dialect);
    if (fault) return fault;
    if (isDeepStrictEqual(versions.at(-1)?.dialect, dialect)) return ok([]);
    const version = versions.length + 1;
    return ok([
      {
        type: 'fr.gpect.training-spend.dialect-published.v1',
        data: { funder, version, dialect: { ...dialect } },
      },
    ]);
  },
  evolve: (state, event) => {
    const { funder, version, dialect } = event.data;
    // The event carries the dialect that was checked when it was published.
    return { versions: [...state.versions, { funder, version, dialect: dialect as unknown as Dialect }] };
  },
};

/** What no schema can say of a dialect. */
function faultOf({ dates, schemes, operations, statuses, key, columns, organisation }: Dialect): Decision | undefined {
  if (dates.includes('french') && dates.includes('american'))
    return refused('dates', 'french and american days cannot be told apart (03/04/2012); declare one of them');
  const unknown = Object.entries(schemes).find(([, code]) => !schemeOf(code));
  if (unknown)
    return refused('schemes', `${unknown[1]} (for "${unknown[0]}") is no scheme of the register; see GET /schemes`);
  if (organisation !== undefined && !isOrganisation(organisation))
    return refused('organisation', `${organisation} is not in the register of organisations; see GET /schemes`);
  for (const [field, labels] of [
    ['schemes', schemes],
    ['operations', operations ?? {}],
    ['statuses', statuses ?? {}],
  ] as const) {
    const seen = new Map<string, string>();
    for (const [label, meaning] of Object.entries(labels)) {
      const name = nameKey(label);
      if (name === '')
        return refused(field, `"${label}" has neither letters nor digits; no cell can be compared with it`);
      if (seen.has(name) && seen.get(name) !== meaning)
        return refused(field, `"${label}" is given two meanings (case, accents and punctuation do not count)`);
      seen.set(name, meaning);
    }
  }
  const absent = key.find((field) => !columns[field]);
  if (absent) return refused('key', `${absent} is part of the key and has no column`);
  if (operations && Object.keys(operations).length > 0 && !columns.operation)
    return refused('columns', 'operations are named and no column says which one a line is');
  return undefined;
}

function refused(field: string, detail: string): Decision {
  return fail({ code: 'dialect_contradictory', kind: 'rule', field, detail });
}
