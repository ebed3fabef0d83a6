import { isDeepStrictEqual } from 'node:util';
import type { components } from '@gpect/contracts/generated/api-training-spend';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { contradictionOf } from './contradictions.js';

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
    const found = contradictionOf(dialect);
    if (found) {
      const { field, said } = found;
      return fail({ code: 'dialect_contradictory', kind: 'rule', field, detail: said.en, french: said.fr });
    }
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
