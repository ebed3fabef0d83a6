import { type ApiDocument, apiDocument, SERVICE_NAMES, type ServiceName } from '@gpect/contracts/api-documents';

/** An operation that the pages may ask a service for. */
export interface Allowed {
  readonly service: ServiceName;
  readonly method: string;
  readonly path: RegExp;
  /** As the contract writes it: `/firms/{programme}/{siret}`. */
  readonly template: string;
  /** Headers that the contract knows of it, in small letters. */
  readonly headers: readonly string[];
}

interface Parameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly name?: string;
}

type PathItem = Readonly<Record<string, unknown>> & { readonly parameters?: readonly Parameter[] };

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** Every operation of every service's contract. */
export function everyOperation(): Allowed[] {
  return SERVICE_NAMES.flatMap((service) => operationsOf(service, apiDocument(service)));
}

/** Pure. */
export function operationsOf(service: ServiceName, document: ApiDocument): Allowed[] {
  return Object.entries(document.paths).flatMap(([template, item]) => {
    const { parameters: shared = [], ...operations } = item as PathItem;
    return Object.entries(operations).flatMap(([method, operation]) => {
      if (!METHODS.includes(method)) return [];
      const { parameters = [] } = operation as { readonly parameters?: readonly Parameter[] };
      const said = [...shared, ...parameters].map((parameter) => resolved(parameter, document));
      const headers = said.flatMap(({ in: where, name }) => (where === 'header' && name ? [name.toLowerCase()] : []));
      return [{ service, method: method.toUpperCase(), path: patternOf(template), template, headers }];
    });
  });
}

/**
 * The operation that a path of a service means; undefined where it means none. A path that an HTTP client would shorten
 * (`..`, `%2e%2e`) means none. Pure.
 */
export function operationAt(
  allowed: readonly Allowed[],
  asked: { readonly service: string; readonly method: string; readonly path: string },
): Allowed | undefined {
  const { service, method, path } = asked;
  if (!URL.canParse(path, 'http://x') || new URL(path, 'http://x').pathname !== path) return undefined;
  return allowed.find((one) => one.service === service && one.method === method && one.path.test(path));
}

function patternOf(template: string): RegExp {
  const steps = template.split('/').map((step) => (/^\{.*\}$/.test(step) ? '[^/]+' : literal(step)));
  return new RegExp(`^${steps.join('/')}$`);
}

/** `{name}.ics`, too. */
const literal = (step: string): string =>
  step
    .split(/\{[^}]*\}/)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');

function resolved(parameter: Parameter, document: ApiDocument): Parameter {
  if (!parameter.$ref) return parameter;
  let found: unknown = document;
  for (const step of parameter.$ref.replace('#/', '').split('/'))
    found = new Map(Object.entries((found ?? {}) as Readonly<Record<string, unknown>>)).get(step);
  return (found ?? {}) as Parameter;
}
