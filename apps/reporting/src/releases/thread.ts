import { parentPort, workerData } from 'node:worker_threads';
import { releasedEstimates } from './estimates.js';
import type { Asked, Decided } from './in-thread.js';
import { releasedTables } from './make.js';

// What may be told is decided here, in a thread of its own: it reckons for seconds, while the service answers.
const { tables, estimates } = workerData as Asked;
const decided: Decided = { ...releasedTables(tables), estimates: releasedEstimates(estimates) };
parentPort?.postMessage(decided);
