import type { ApiPaths } from '@gpect/contracts/api-documents';
import type { Request, Response } from 'express';

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head';

/** What openapi-typescript makes of an operation. */
interface Operation {
  readonly parameters: { readonly path?: unknown; readonly query?: unknown };
  readonly requestBody?: unknown;
  readonly responses: unknown;
}

/** The operations of an API, each by its method and path as the contract writes them: `POST /firms/{programme}/{siret}/merge`. */
type OperationsOf<Paths> = {
  [Path in keyof Paths & string as {
    [M in Method & keyof Paths[Path]]: Paths[Path][M] extends Operation ? `${Uppercase<M>} ${Path}` : never;
  }[Method & keyof Paths[Path]]]: Paths[Path];
};

type OperationAt<Paths, Key> = Key extends `${infer M} ${infer Path extends keyof Paths & string}`
  ? Paths[Path][Lowercase<M> & keyof Paths[Path]]
  : never;

type JsonIn<Content> = Content[Extract<keyof Content, `application/${string}json`>];
/** Files and texts are sent as they are. */
type FileIn<Content> = Exclude<keyof Content, `application/${string}json`> extends never ? never : string | Buffer;

type BodyOf<Asked> = Asked extends { readonly content: infer Content }
  ? JsonIn<Content>
  : Asked extends undefined
    ? undefined
    : never;

/** The statuses that the contract names: whatever is refused is a problem, and comes from elsewhere. */
type AnswerOf<Responses> = {
  [Status in Exclude<keyof Responses, 'default'>]: Responses[Status] extends { readonly content: infer Content }
    ? JsonIn<Content> | FileIn<Content>
    : undefined;
}[Exclude<keyof Responses, 'default'>];

/** A state is read alone, and may be answered as it is. */
type ReadOnly<T> = T extends Buffer
  ? T
  : T extends readonly (infer Item)[]
    ? readonly ReadOnly<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: ReadOnly<T[K]> }
      : T;

/** A request as the contract let it in, and the guard after it. */
export interface RoutedRequest<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  /** What rights decided on in it, as they did. */
  readonly query: Query;
  readonly body: Body;
  /** What no contract types: who asks, its headers, its bytes. */
  readonly request: Request;
}

/** What an operation does not have fits no other's: of `never` everything would be taken. */
type Nothing = Readonly<Record<never, never>>;

type PartOf<Parts, Name extends string> = Parts extends { readonly [N in Name]?: infer Part }
  ? [Exclude<Part, undefined>] extends [never]
    ? Nothing
    : Exclude<Part, undefined>
  : Nothing;

type RouteOf<Op> = Op extends Operation
  ? (
      asked: RoutedRequest<
        PartOf<Op['parameters'], 'path'>,
        PartOf<Op['parameters'], 'query'>,
        BodyOf<Op['requestBody']>
      >,
      response: Response<ReadOnly<AnswerOf<Op['responses']>>>,
    ) => unknown
  : never;

/** Every route of an API: each operation has one, and there is no other. */
export type RoutesOf<Paths> = { readonly [Key in keyof OperationsOf<Paths>]: RouteOf<OperationAt<Paths, Key>> };

/** The paths that the kit answers in every service. */
type KitPath = keyof ApiPaths['partner-gateway'] & keyof ApiPaths['reporting'];

/** What a service answers itself. */
export type OwnRoutes<Name extends keyof ApiPaths> = RoutesOf<Omit<ApiPaths[Name], KitPath>>;

/** What the kit answers for a service. */
export type KitRoutes = RoutesOf<Pick<ApiPaths['enrolment'], KitPath>>;
