import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { KeptValue, refreshed } from './kept-value.js';

/** How long a scrape waits for values to be measured anew. */
const PATIENCE_MS = 100;

/** Every metric of a service. Gauges that ask a server are measured in the background (`observe`). */
export class Metrics {
  readonly registry = new Registry();
  readonly httpSeconds = new Histogram({
    name: 'gpect_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [this.registry],
  });
  readonly published = new Counter({
    name: 'gpect_outbox_published_total',
    help: 'Events published by this relay',
    registers: [this.registry],
  });
  readonly consumed = new Counter({
    name: 'gpect_inbox_events_total',
    help: 'Events read, by outcome: applied, repeated, ignored, parked',
    labelNames: ['fate'] as const,
    registers: [this.registry],
  });
  readonly brokenOrder = new Counter({
    name: 'gpect_inbox_broken_order_total',
    help: 'Events held because the order of their aggregate is broken: forked (another stood there), overtaken (a later one was taken)',
    labelNames: ['how'] as const,
    registers: [this.registry],
  });
  readonly renewed = new Counter({
    name: 'gpect_consumer_renewed_total',
    help: 'Consumers that were made anew because they crashed, or hung (Kafka did not answer, and no connection was closed)',
    labelNames: ['why'] as const,
    registers: [this.registry],
  });
  readonly reads = new Gauge({
    name: 'gpect_event_types_read',
    help: 'The types of events that this service reads, 1 each',
    labelNames: ['type'] as const,
    registers: [this.registry],
  });

  readonly health = new Gauge({
    name: 'gpect_health',
    help: 'How each part of the service is: 1 for its state (ok, degraded, failed); GET /health/ready says why',
    labelNames: ['part', 'state'] as const,
    registers: [this.registry],
  });
  readonly #observed: KeptValue<number>[] = [];

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    const observed = this.#observed;
    new Gauge({
      name: 'gpect_gauges_age_seconds',
      help: 'Age of the oldest of the gauges that are measured in the background; grows while a server is away',
      registers: [this.registry],
      collect() {
        this.set(Math.max(0, ...observed.map((kept) => kept.ageMs)) / 1000);
      },
    });
  }

  /** All metrics as text, at once, whatever is away. */
  async text(): Promise<string> {
    await refreshed(this.#observed, PATIENCE_MS);
    return this.registry.metrics();
  }

  stop(): void {
    for (const kept of this.#observed) kept.stop();
  }

  /** A gauge whose value is asked for in the background; NaN where it cannot be known now (a server is down). */
  observe(name: string, help: string, read: () => Promise<number>): void {
    const kept = new KeptValue(read);
    this.#observed.push(kept);
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(kept.value ?? Number.NaN);
      },
    });
  }
}
