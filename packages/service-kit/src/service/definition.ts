import type { RequestListener } from 'node:http';
import type { ApiDocument, ServiceName } from '@gpect/contracts/api-documents';
import type { RequestHandler } from 'express';
import type mongoose from 'mongoose';
import { CommandRunner } from '../aggregate/command-runner.js';
import type { ServiceConfig } from '../config/config.js';
import type { Health } from '../health/health.js';
import type { CommandHandler } from '../http/commands.js';
import type { OwnRoutes } from '../http/operations.js';
import { type EventHandler, type Facts, handledTypes, withFacts } from '../inbox/event-handler.js';
import type { EventBus } from '../kafka/kafka.js';
import { createDatabase } from '../mongo/connection.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import type { Ownership } from '../rights/ownership.js';
import type { TopicReader } from './topic-reader.js';

/** What a service's routes and reactions are built from. */
export interface ServiceContext {
  readonly config: ServiceConfig;
  /** The contract of the service. */
  readonly document: ApiDocument;
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  readonly commands: CommandHandler;
  readonly logger: Logger;
  readonly bus: EventBus;
  /** Where parts of its own say how they are. */
  readonly health: Health;
}

export interface ServiceDefinition<Name extends ServiceName = ServiceName, Parts = undefined> {
  readonly name: Name;
  /** Collections of its aggregates. */
  readonly aggregates: readonly string[];
  /** Its other collections. */
  readonly collections?: readonly string[];
  /** What its routes, event handlers and background work share; made once. */
  parts?(context: ServiceContext): Parts;
  /** Each of its operations by its method and path; those that every service has are the kit's. */
  routes(context: ServiceContext, parts: Parts): OwnRoutes<Name>;
  /** What a request that is let in passes before its route. */
  before?(context: ServiceContext, parts: Parts): RequestHandler;
  /** What it does with the events of others; absent where it reads none. */
  events?(context: ServiceContext, parts: Parts): EventHandler;
  /** Whose the things are that its operations name in `x-own`. */
  ownership?(context: ServiceContext, parts: Parts): Ownership;
  /** Indexes of its own, made at each start. */
  indexes?(connection: mongoose.Connection): Promise<void>;
  /** What it measures beside what every service does. */
  readonly gauges?: readonly Gauge[];
  /** Work that no request and no event asks for; begun when the database is there, ended before anything is closed. */
  background?(context: ServiceContext, parts: Parts): Background;
  /** What it takes from packages of one subject. */
  readonly extensions?: readonly Extension[];
}

/** What a package of one subject gives to each service that takes it, beside what every service has. */
export interface Extension {
  readonly collections?: readonly string[];
  /** Indexes of its own, made at each start. */
  indexes?(connection: mongoose.Connection): Promise<void>;
  /** Whose the things are that its operations name in `x-own`. */
  ownership?(connection: mongoose.Connection): Ownership;
  readonly gauges?: readonly Gauge[];
  /** Work that goes on by itself, from the start of the service to its end. */
  background?(context: ServiceContext): Background;
  /** What it keeps of events. */
  facts?(connection: mongoose.Connection): Facts;
  /** What it reads beside the events of services. */
  reader?(service: RunningService): TopicReader;
}

/** What a reader of an extension is made from. */
export interface RunningService {
  readonly name: ServiceName;
  readonly context: ServiceContext;
  readonly metrics: Metrics;
  /** The service's own application. */
  readonly app: RequestListener;
}

/** A number that is measured when metrics are asked for. */
interface Gauge {
  readonly name: string;
  readonly help: string;
  read(context: ServiceContext): Promise<number>;
}

/** Work of a service that goes on by itself. */
export interface Background {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What it does with events: its own handler, and what its extensions keep of them. */
export function handlerOf<Name extends ServiceName, Parts>(
  definition: ServiceDefinition<Name, Parts>,
  context: ServiceContext,
  parts: Parts,
): EventHandler | undefined {
  let handler = definition.events?.(context, parts);
  for (const { facts } of definition.extensions ?? [])
    if (facts) handler = withFacts(handler, facts(context.connection));
  return handler;
}

/** The types of events that a service reads, as its handlers say. They are made without their servers: nothing is read. */
export function typesReadBy<Name extends ServiceName, Parts>(definition: ServiceDefinition<Name, Parts>): string[] {
  const connection = createDatabase();
  const runner = new CommandRunner(connection, `/services/${definition.name}`, () => undefined);
  const handler = handlerOf(definition, { connection, runner } as ServiceContext, undefined as Parts);
  return handler ? [...handledTypes(handler)].sort() : [];
}
