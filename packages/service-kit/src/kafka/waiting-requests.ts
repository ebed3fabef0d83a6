import { createRequire } from 'node:module';

/** The part of kafkajs 2.2.4 that is used here, and that it does not export. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  readonly prototype: RequestQueue;
};
const { scheduleCheckPendingRequests } = prototype;

/**
 * kafkajs looks each millisecond, for each connection, whether a request waits to be sent: also where none does, and for ever
 * where the connection was closed meanwhile, so that its process does not end. It looks while one waits.
 */
export function lookWhileRequestsWait(): void {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
}
