import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sinceOf } from '@gpect/contracts/scripts/changelog.mjs';
import { type French, frenchOf } from '@gpect/contracts/scripts/french.mjs';
import { apisOfToday, releasesOf } from '@gpect/contracts/scripts/releases.mjs';

/** A JSON Schema, as far as the catalogue shows it. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly examples?: readonly unknown[];
  readonly deprecated?: boolean;
  readonly 'x-owner'?: string;
  readonly 'x-acts'?: readonly string[];
  readonly 'x-subject'?: string;
  readonly 'x-aggregate'?: string;
  readonly 'x-direction'?: string;
  readonly 'x-deprecation'?: { readonly announcedOn: string; readonly endsOn: string; readonly replacedBy?: string };
}

export interface EventContract {
  readonly service: string;
  readonly type: string;
  readonly topic: string;
  readonly schema: Schema;
}

export interface Bundle {
  readonly common: { readonly $defs: Readonly<Record<string, Schema>> };
  readonly audience: Readonly<Record<string, readonly string[]>>;
  readonly readers: Readonly<Record<string, readonly string[]>>;
  readonly events: readonly EventContract[];
}

/** What the catalogue is made from. */
export interface Contracts {
  readonly bundle: Bundle;
  /** `[version, bundle]`, oldest first; what was not released yet comes last, as `next`. */
  readonly releases: readonly (readonly [string, Bundle])[];
  /** The release in which each type of event first stood. */
  readonly since: Readonly<Record<string, string>>;
  /** OpenAPI documents by service. */
  readonly apis: Readonly<Record<string, object>>;
  readonly asyncapi: object;
  readonly french: French;
}

const HOME = fileURLToPath(new URL('../../contracts/', import.meta.url));
const read = <T>(file: string) => JSON.parse(readFileSync(HOME + file, 'utf8')) as T;

export function readContracts(): Contracts {
  const bundle = read<Bundle>('generated/events.json');
  const released = releasesOf('events') as unknown as [string, Bundle][];
  const releases = [...released, ['next', bundle] as const];
  return {
    bundle,
    releases,
    since: sinceOf(releases),
    apis: apisOfToday(),
    asyncapi: read('generated/asyncapi.json'),
    french: frenchOf(),
  };
}
