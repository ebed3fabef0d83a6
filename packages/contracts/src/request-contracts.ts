import { own } from '@gpect/domain-values/records';
import { Ajv2020, type ErrorObject, type Format, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { ApiDocument } from './api-documents.js';

/** What a request would carry. */
interface Carried {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

/** What is wrong with one field of a request. */
export interface RequestFault {
  /** The names down to the field, those of the body's objects: `answers`, `strategy_clear`. */
  readonly names: readonly string[];
  /** The rule of JSON Schema that it breaks, and what that says. */
  readonly rule: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What the field must be, in English. */
  readonly message: string;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly schema: object;
}
interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: object }>> };
}

/** Checks what somebody asks of an operation otherwise than by its route, by the same document. */
export class RequestContracts {
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param formats those that the document's routes are checked by, beside the usual ones */
  constructor(
    private readonly document: ApiDocument,
    formats: Readonly<Record<string, Format>> = {},
  ) {
    this.#ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
    // ajv-formats is CommonJS: under ESM its function sits on `default`.
    (addFormatsModule as unknown as { default: (ajv: Ajv2020) => void }).default(this.#ajv);
    for (const [name, format] of Object.entries(formats)) this.#ajv.addFormat(name, format);
    this.#ajv.addSchema(document, 'api');
  }

  /** @throws Error where the document has no such operation: a fault of ours */
  faultsOf(operationId: string, { path = {}, body = {} }: Carried): RequestFault[] {
    const known = this.#compiled.get(operationId) ?? this.#compile(operationId);
    this.#compiled.set(operationId, known);
    return known({ path, body }) ? [] : (known.errors ?? []).map(toFault);
  }

  #compile(operationId: string): ValidateFunction {
    for (const [path, item] of Object.entries(this.document.paths))
      for (const [method, value] of Object.entries(item)) {
        const operation = value as Operation;
        if (operation.operationId !== operationId) continue;
        const place = `api#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}`;
        const json = operation.requestBody?.content?.['application/json'];
        const inPath = (operation.parameters ?? []).map((p) => this.#resolved(p)).filter((p) => p.in === 'path');
        return this.#ajv.compile({
          type: 'object',
          properties: {
            path: {
              type: 'object',
              required: inPath.map((p) => p.name),
              properties: Object.fromEntries(inPath.map((p) => [p.name, absolute(p.schema)])),
            },
            ...(json ? { body: { $ref: `${place}/requestBody/content/application~1json/schema` } } : {}),
          },
        });
      }
    throw new Error(`the contract has no operation "${operationId}"`);
  }

  #resolved(parameter: Parameter): Parameter {
    const { components } = this.document as unknown as { components: { parameters: Record<string, Parameter> } };
    return (parameter.$ref && own(components.parameters, parameter.$ref.split('/').at(-1) ?? '')) || parameter;
  }
}

/** A schema whose references are into the document. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
}

function toFault({ instancePath, keyword, params, message = '' }: ErrorObject): RequestFault {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  const [, , ...names] = instancePath.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { names: [...names, missingProperty ?? additionalProperty ?? []].flat(), rule: keyword, params, message };
}
