import { readFileSync } from 'node:fs';
import { pointerTo } from '@gpect/domain-values/json-pointer';
import { patternInWords } from '@gpect/domain-values/pattern-words';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { SAID_IN_CATALOGUE } from '../scripts/annotations.mjs';
import { closed, withoutBounds } from '../scripts/bounds.mjs';
import type { EventDataByType, Values } from './generated/events.js';

export type EventType = keyof EventDataByType;

/** What is wrong with one field of an event: a JSON pointer and a sentence. */
export interface ContractFault {
  readonly pointer: string;
  readonly detail: string;
}

/** The partners who get an event, of those whose firms or actions it is about. `detecting`: who detects firms there. */
export type Audience = 'everyone' | 'carrier' | 'partner' | 'detecting' | 'consultant' | 'funder' | 'evaluator';

/** The announced end of a version of a contract. */
export type Deprecation = EventDataByType['fr.gpect.partner-gateway.contract-deprecated.v1'];

interface EventContract {
  readonly type: EventType;
  readonly service: string;
  readonly topic: string;
  readonly schema: {
    readonly examples: readonly unknown[];
    readonly 'x-direction'?: 'out';
    readonly 'x-owner'?: string;
    readonly 'x-subject'?: string;
    readonly 'x-acts'?: readonly string[];
    readonly 'x-deprecation'?: Omit<Deprecation, 'contract'>;
  };
}

type AnswerType =
  | 'fr.gpect.partner.event-taken.v1'
  | 'fr.gpect.partner.event-refused.v1'
  | 'fr.gpect.partner.webhook-failing.v1';
/** What partners send. */
export type PartnerEventType = Exclude<Extract<EventType, `fr.gpect.partner.${string}`>, AnswerType>;

/** An event that partners send. */
export interface PartnerContract {
  readonly type: PartnerEventType;
  /** The service whose command it becomes. */
  readonly owner: string;
  /** The roles of which a partner must hold one to send it. */
  readonly acts: readonly string[];
  /** The subject that an event with this data has; undefined where the sender chooses it. */
  subjectOf(data: object): string | undefined;
}

const bundle = JSON.parse(readFileSync(new URL('../generated/events.json', import.meta.url), 'utf8')) as {
  common: { $defs: Record<string, { enum?: unknown[] }> };
  audience: Partial<Record<EventType, Audience[]>>;
  readers: Partial<Record<EventType, string[]>>;
  events: EventContract[];
};
const contracts = new Map<string, EventContract>(bundle.events.map((e) => [e.type, e]));

const EXTENSIONS = [
  ...SAID_IN_CATALOGUE,
  'x-aggregate',
  'x-direction',
  'x-owner',
  'x-subject',
  'x-acts',
  'x-deprecation',
];

/** Compiles the contracts, each read in one way. */
function validatorsOf(read: (schema: object) => object): (type: EventType) => ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  // ajv-formats is CommonJS: under ESM its function sits on `default`.
  (addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
  for (const keyword of EXTENSIONS) ajv.addKeyword({ keyword, valid: true });
  // The files refer to each other by relative path; inside one process by urn.
  const byUrn = (value: object): object =>
    JSON.parse(JSON.stringify(value).replaceAll('../common.schema.json#', 'urn:gpect:events:common#')) as object;
  ajv.addSchema(read(byUrn(bundle.common)));
  const compiled = new Map<EventType, ValidateFunction>();
  return (type) => {
    const known = compiled.get(type) ?? ajv.compile(read(byUrn(contractOf(type).schema)));
    compiled.set(type, known);
    return known;
  };
}

/** As events that are kept already are read: bounds that came after them do not hold for them. */
const whereKept = validatorsOf(withoutBounds);
/** As events are judged where they are made and where partners' come in. */
const whereMade = validatorsOf((schema) => ('x-owner' in schema ? closed(schema) : schema));

/** Every event type under contract. */
export const EVENT_TYPES: readonly EventType[] = bundle.events.map((e) => e.type);

/** The values of an enumeration that the contracts share, in their order. */
export function valuesOf<
  Name extends 'Phase' | 'Stage' | 'Theme' | 'Participant' | 'Scheme' | 'Wave' | 'Trend' | 'Reason',
>(name: Name): readonly Values[Name][] {
  return (bundle.common.$defs[name]?.enum ?? []) as Values[Name][];
}

export function isEventType(type: string): type is EventType {
  return contracts.has(type);
}

/** The topic that carries a type (`gpect.partner.*.in` for what partners send); a type without contract is a programming error. */
export function topicOf(type: EventType): string {
  return contractOf(type).topic;
}

/** The contract of an event that partners send; undefined of anything else. */
export function partnerContractOf(type: string): PartnerContract | undefined {
  const contract = contracts.get(type);
  const { 'x-owner': owner, 'x-subject': template, 'x-acts': acts = [] } = contract?.schema ?? {};
  if (!owner) return undefined;
  return {
    // Only events that partners send have an owner.
    type: type as PartnerEventType,
    owner,
    acts,
    subjectOf: (data) =>
      template?.replace(/\{(\w+)\}/g, (_all, field: string) => String((data as Record<string, unknown>)[field])),
  };
}

/** Every event that partners may send. */
export const PARTNER_EVENT_TYPES: readonly PartnerEventType[] = EVENT_TYPES.flatMap(
  (type) => partnerContractOf(type)?.type ?? [],
);

/** The versions that the contracts themselves say will end. */
export function deprecationsInContracts(): Deprecation[] {
  return bundle.events.flatMap(({ type, schema }) =>
    schema['x-deprecation'] ? [{ contract: type, ...schema['x-deprecation'] }] : [],
  );
}

/** Events that partners get on their own topics, where they concern them. */
export const AUDIENCE_TYPES: readonly EventType[] = EVENT_TYPES.filter((type) => bundle.audience[type]);

/** To whom an event is forwarded; nobody where it is the services' own. */
export function audienceOf(type: EventType): readonly Audience[] {
  return bundle.audience[type] ?? [];
}

/** The services that are said to read an event, in the catalogue and by `can-i-deploy`. */
export function readersOf(type: EventType): readonly string[] {
  return bundle.readers[type] ?? [];
}

/** The schema of a type as it is written. */
export function schemaOf(type: EventType): object {
  return contractOf(type).schema;
}

/** What a reference of a schema (`…common.schema.json#/$defs/Name`) stands for. */
export function sharedSchemaOf(reference: string): object {
  const shared = bundle.common.$defs[reference.slice(reference.lastIndexOf('/') + 1)];
  if (!shared) throw new Error(`the schemas share no ${reference}`);
  return shared;
}

/** The examples that the schema gives, as a partner reads them. */
export function examplesOf(type: EventType): readonly unknown[] {
  return contractOf(type).schema.examples;
}

/**
 * Checks the data of an event that is kept against its contract; no fault means that it may be read as `EventDataByType[T]`.
 * Bounds of texts and lists do not hold: they may be younger than the event.
 */
export function faultsOf(type: EventType, data: unknown): ContractFault[] {
  return faultsBy(whereKept(type), data);
}

/** Checks the data of an event where it is made, or comes in: all that the contract says, of a partner's its fields alone. */
export function faultsWhereMade(type: EventType, data: unknown): ContractFault[] {
  return faultsBy(whereMade(type), data);
}

function faultsBy(validate: ValidateFunction, data: unknown): ContractFault[] {
  return validate(data) ? [] : (validate.errors ?? []).map(toFault);
}

function toFault({ instancePath, message, params }: ErrorObject): ContractFault {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const name = missingProperty ?? additionalProperty;
  return {
    pointer: name === undefined ? instancePath : instancePath + pointerTo(name),
    detail: patternInWords(message ?? '') ?? `${message ?? 'is not valid'} ${JSON.stringify(params)}`,
  };
}

function contractOf(type: EventType): EventContract {
  const contract = contracts.get(type);
  if (!contract) throw new Error(`no contract for ${type}`);
  return contract;
}
