import { parentPort, workerData } from 'node:worker_threads';
import { type ReleaseAsked, releasedTables } from './make.js';

// What may be told is decided here, in a thread of its own: it reckons for seconds, while the service answers.
parentPort?.postMessage(releasedTables(workerData as ReleaseAsked));
