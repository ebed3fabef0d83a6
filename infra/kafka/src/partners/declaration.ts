import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { faultsOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { parse } from 'yaml';

/** What the gateway and the services know of a partner. */
export type Declared = EventDataByType['fr.gpect.partner-gateway.partner-declared.v1'];

/** What a partner's client may use of the brokers, so that one cannot starve the others. */
export interface Quotas {
  readonly producerBytesPerSecond: number;
  readonly consumerBytesPerSecond: number;
  /** Of one network and one request thread. */
  readonly requestPercent: number;
}

export interface Declaration {
  readonly declared: Declared;
  readonly quotas: Quotas;
}

const USUAL: Quotas = { producerBytesPerSecond: 1_048_576, consumerBytesPerSecond: 4_194_304, requestPercent: 50 };
const TYPE = 'fr.gpect.partner-gateway.partner-declared.v1';
const SHORT = /^[a-z-]+\.v\d+$/;

/** Reads `partners/*.yaml`. @throws Error that names every fault of every file */
export function readDeclarations(folder: string): Declaration[] {
  const faults: string[] = [];
  const declarations = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const read = readDeclaration(file, readFileSync(join(folder, file), 'utf8'));
      if ('faults' in read) faults.push(...read.faults.map((fault) => `${file}: ${fault}`));
      return 'faults' in read ? [] : [read];
    });
  if (faults.length > 0) throw new Error(`partners are declared wrongly:\n${faults.join('\n')}`);
  return declarations;
}

/** One file; types may be written short (`spend-line-sent.v1`). Pure. */
export function readDeclaration(file: string, text: string): Declaration | { readonly faults: readonly string[] } {
  let content: Record<string, unknown>;
  try {
    content = parse(text) as Record<string, unknown>;
  } catch (error) {
    return { faults: [`is not YAML: ${error instanceof Error ? error.message : ''}`] };
  }
  if (typeof content !== 'object' || content === null)
    return { faults: ['says nothing; give partner, name, kind, acts, …'] };
  const { quotas = {}, ...rest } = content;
  const sends = Array.isArray(rest['sends']) ? rest['sends'].map(fullType) : rest['sends'];
  const data = { acts: {}, ...rest, sends: sends ?? [] };
  const known = ['partner', 'name', 'kind', 'acts', 'doors', 'sends', 'receives', 'programmes'];
  const unknown = Object.keys(data).filter((key) => !known.includes(key));
  const faults = [
    ...faultsOf(TYPE, data).map((fault) => `${fault.pointer} ${fault.detail}`),
    ...unknown.map((key) => `/${key} is not known; there are ${known.join(', ')}, quotas`),
    ...Object.entries(quotas as object).flatMap(([key, value]) =>
      key in USUAL && typeof value === 'number' && value > 0 ? [] : [`/quotas/${key} is no quota above 0`],
    ),
  ];
  const expected = `${String(data['partner' as keyof typeof data])}.yaml`;
  if (faults.length === 0 && basename(file) !== expected)
    faults.push(`/partner: the file of this partner is ${expected}`);
  if (faults.length > 0) return { faults };
  // The contract was checked just above.
  return { declared: data as unknown as Declared, quotas: { ...USUAL, ...(quotas as Partial<Quotas>) } };
}

function fullType(type: unknown): unknown {
  return typeof type === 'string' && SHORT.test(type) ? `fr.gpect.partner.${type}` : type;
}
