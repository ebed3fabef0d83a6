import { type Request, type Response, Router } from 'express';
import type { Gauge } from 'prom-client';
import { KeptValue, refreshed } from '../observability/kept-value.js';

/** `degraded`: it serves, and somebody has to look. `failed`: it cannot serve. */
export type HealthState = 'ok' | 'degraded' | 'failed';

export interface HealthPart {
  readonly state: HealthState;
  /** What it does, or what is wrong and what to do. */
  readonly detail: string;
}

const WORST: readonly HealthState[] = ['failed', 'degraded', 'ok'];
/** How long an answer waits for values to be measured anew. */
const PATIENCE_MS = 100;

/**
 * How a service is, part by part. Each part says so from what it knows already: nobody waits for a server that is away.
 * `GET /health/live` says that the process runs, `GET /health/ready` whether it can serve (503 where a part has failed).
 */
export class Health {
  readonly #parts = new Map<string, () => HealthPart>();
  readonly #measured: KeptValue<unknown>[] = [];

  /** @param gauge 1 of each part's state, by the labels `part` and `state` */
  constructor(
    private readonly service: string,
    gauge?: Gauge<'part' | 'state'>,
  ) {
    if (!gauge) return;
    // prom-client calls it with the gauge as `this` before it is read.
    Object.assign(gauge, {
      collect: () => {
        gauge.reset();
        for (const [part, { state }] of this.parts()) gauge.set({ part, state }, 1);
      },
    });
  }

  /** Adds a part; `read` is asked at each look and answers at once. */
  report(name: string, read: () => HealthPart): void {
    this.#parts.set(name, read);
  }

  /** Adds a part that has to ask a server: in the background. */
  measure<T>(name: string, ask: () => Promise<T>, read: (answer: T | undefined) => HealthPart): void {
    const kept = new KeptValue(ask);
    this.#measured.push(kept);
    this.report(name, () => read(kept.value));
  }

  parts(): Map<string, HealthPart> {
    return new Map([...this.#parts].map(([name, read]) => [name, read()]));
  }

  stop(): void {
    for (const kept of this.#measured) kept.stop();
  }

  routes(): Router {
    const router = Router();
    router.get('/health/live', (_request: Request, response: Response) => {
      response.json({ status: 'ok', service: this.service });
    });
    router.get('/health/ready', async (_request: Request, response: Response) => {
      await refreshed(this.#measured, PATIENCE_MS);
      const parts = this.parts();
      const status = worstOf([...parts.values()]);
      response.status(status === 'failed' ? 503 : 200).json({ status, parts: Object.fromEntries(parts) });
    });
    return router;
  }
}

/** Pure. */
export function worstOf(parts: readonly HealthPart[]): HealthState {
  return WORST.find((state) => parts.some((part) => part.state === state)) ?? 'ok';
}
