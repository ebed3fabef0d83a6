import type { ApiDocument } from '@gpect/contracts/api-documents';
import type { Request, RequestHandler } from 'express';

/** A route whose types say what the contract says of its operation. */
type Route = (asked: never, response: never) => unknown;
/** By method and path, as the contract writes them: `GET /firms/{programme}/{siret}`. */
type Routes = Readonly<Record<string, Route>>;

/** Methods of an OpenAPI path; beside them stands what all of them share. */
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head']);

/** What the validator found in the contract. */
interface Matched {
  readonly openapi?: { readonly openApiRoute?: string };
}

/**
 * Answers each operation of a contract by its route. Which operation a request asks for was decided once, by the validator:
 * its rights were judged by that, and its route is chosen by that.
 *
 * @throws where an operation has no route, or two, or where a route has no operation
 */
export function dispatch(document: ApiDocument, parts: readonly Routes[]): RequestHandler {
  const routes = routesOf(parts);
  const operations = operationsOf(document);
  const faults = [
    ...operations.filter((key) => !routes.has(key)).map((key) => `${key} has no route`),
    ...[...routes.keys()].filter((key) => !operations.includes(key)).map((key) => `${key} is no operation`),
  ];
  if (faults.length > 0) throw new Error(`the routes are not those of the contract: ${faults.join('; ')}`);
  return async (request, response) => {
    const route = routes.get(`${request.method} ${(request as Matched).openapi?.openApiRoute}`);
    if (!route) throw new Error(`${request.method} ${request.path}: the guard lets in what the contract has`);
    // The validator held the request against the contract that the types of its route are made from.
    await route(askedOf(request) as never, response as never);
  };
}

type Intersection<Parts extends readonly object[]> = Parts extends readonly [
  infer First,
  ...infer Rest extends object[],
]
  ? First & Intersection<Rest>
  : unknown;

/**
 * The routes of several parts as those of one.
 * @throws where two parts answer the same operation: one of them would never be asked
 */
export function allRoutes<const Parts extends readonly object[]>(...parts: Parts): Intersection<Parts> {
  return Object.fromEntries(routesOf(parts as readonly unknown[] as readonly Routes[])) as Intersection<Parts>;
}

/** What the guard decided on in the query is in the grant alone. */
function askedOf(request: Request): object {
  const { params, query, body, grant } = request;
  return { params, query: Object.freeze({ ...query, ...grant?.query }), body, request };
}

function routesOf(parts: readonly Routes[]): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const [key, route] of parts.flatMap((part) => Object.entries(part))) {
    if (routes.has(key)) throw new Error(`${key} has two routes`);
    routes.set(key, route);
  }
  return routes;
}

function operationsOf({ paths }: ApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => METHODS.has(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}
