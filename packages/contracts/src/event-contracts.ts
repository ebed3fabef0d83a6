import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { EventDataByType, Values } from './generated/events.js';

export type EventType = keyof EventDataByType;

/** What is wrong with one field of an event: a JSON pointer and a sentence. */
export interface ContractFault {
  readonly pointer: string;
  readonly detail: string;
}

interface EventContract {
  readonly type: EventType;
  readonly service: string;
  readonly topic: string;
  readonly schema: { readonly examples: readonly unknown[] };
}

const bundle = JSON.parse(readFileSync(new URL('../generated/events.json', import.meta.url), 'utf8')) as {
  common: { $defs: Record<string, { enum?: unknown[] }> };
  events: EventContract[];
};
const contracts = new Map<string, EventContract>(bundle.events.map((e) => [e.type, e]));

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
// ajv-formats is CommonJS: under ESM its function sits on `default`.
(addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
for (const keyword of ['x-aggregate']) ajv.addKeyword({ keyword, valid: true });
// The files refer to each other by relative path; inside one process by urn.
const byUrn = (value: object): object =>
  JSON.parse(JSON.stringify(value).replaceAll('../common.schema.json#', 'urn:gpect:events:common#')) as object;
ajv.addSchema(byUrn(bundle.common));
const validators = new Map<string, ValidateFunction>();

/** Every event type under contract. */
export const EVENT_TYPES: readonly EventType[] = bundle.events.map((e) => e.type);

/** The topics of the services' events, each once; partners' own topics are not among them. */
export const EVENT_TOPICS: readonly string[] = [
  ...new Set(bundle.events.filter((e) => e.service !== 'partner').map((e) => e.topic)),
];

/** The values of an enumeration that the contracts share, in their order. */
export function valuesOf<Name extends 'Phase' | 'Stage' | 'Theme' | 'Participant' | 'Scheme' | 'Wave' | 'Trend'>(
  name: Name,
): readonly Values[Name][] {
  return (bundle.common.$defs[name]?.enum ?? []) as Values[Name][];
}

export function isEventType(type: string): type is EventType {
  return contracts.has(type);
}

/** The topic that carries a type (`gpect.partner.*.in` for what partners send); a type without contract is a programming error. */
export function topicOf(type: EventType): string {
  return contractOf(type).topic;
}

/** The examples that the schema gives, as a partner reads them. */
export function examplesOf(type: EventType): readonly unknown[] {
  return contractOf(type).schema.examples;
}

/** Checks an event's data against its contract; no fault means that it may be read as `EventDataByType[T]`. */
export function faultsOf(type: EventType, data: unknown): ContractFault[] {
  let validate = validators.get(type);
  if (!validate) {
    validate = ajv.compile(byUrn(contractOf(type).schema));
    validators.set(type, validate);
  }
  return validate(data) ? [] : (validate.errors ?? []).map(toFault);
}

function toFault(error: ErrorObject): ContractFault {
  return {
    pointer: error.instancePath || '/',
    detail: `${error.message ?? 'is not valid'} ${JSON.stringify(error.params)}`,
  };
}

function contractOf(type: EventType): EventContract {
  const contract = contracts.get(type);
  if (!contract) throw new Error(`no contract for ${type}`);
  return contract;
}
