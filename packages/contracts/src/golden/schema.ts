import { sharedSchemaOf } from '../event-contracts.js';

/** What the contracts' schemas say of a value, as far as golden events follow them. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Behind its reference, where it is one; what stands beside a reference describes it alone. */
export function followed(schema: object): Schema {
  const { $ref } = schema as { $ref?: string };
  return $ref === undefined ? schema : followed(sharedSchemaOf($ref));
}

/** Names of the JSON types that a value may have; none where the schema says nothing of it. */
export const kindsOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;

/** The fields that come under names of the sender's choice. */
export function schemaOfOthers({ additionalProperties: others }: Schema): Schema | undefined {
  return typeof others === 'object' ? others : undefined;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
