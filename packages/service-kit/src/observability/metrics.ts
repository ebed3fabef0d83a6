import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of a service. Gauges of the outbox and the inbox are measured when somebody looks (`observe`). */
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
    help: 'Events read, by fate: applied, repeated, ignored, parked',
    labelNames: ['fate'] as const,
    registers: [this.registry],
  });
  readonly brokenOrder = new Counter({
    name: 'gpect_inbox_broken_order_total',
    help: 'Events held because the order of their aggregate is broken: forked (another stood there), overtaken (a later one was taken)',
    labelNames: ['how'] as const,
    registers: [this.registry],
  });
  readonly reads = new Gauge({
    name: 'gpect_event_types_read',
    help: 'The types of events that this service reads, 1 each',
    labelNames: ['type'] as const,
    registers: [this.registry],
  });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  /** A gauge whose value is asked for at each scrape; NaN where it cannot be known now (a server is down). */
  observe(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read().catch(() => Number.NaN));
      },
    });
  }
}
