import { parentPort, workerData } from 'node:worker_threads';
import { slicesOf } from '../firm-file/slices.js';
import { BesideTables } from '../secrecy/rows/beside-tables.js';
import { releasedEstimates } from './estimates.js';
import type { Asked, Decided } from './in-thread.js';
import { decidedTables, maskedIn, releasedTables } from './make.js';
import { releasedRows } from './rows.js';

// What may be told is decided here, in a thread of its own: it reckons for seconds, while the service answers.
const { tables, estimates, rows } = workerData as Asked;
const how = decidedTables(tables);
const slices = slicesOf(rows.sources, rows.documents);
const described = new Map(slices.map((slice) => [slice.id, slice.described]));
const told = releasedTables(tables, how);
const decided: Decided = {
  ...told,
  estimates: releasedEstimates({ ...estimates, isMasked: maskedIn(told.tables) }),
  slices: releasedRows({ ...rows, slices }, new BesideTables(how.inputs, how.manners)).flatMap((kept) => {
    const of = described.get(kept.slice);
    return of ? [{ ...kept, described: of }] : [];
  }),
};
parentPort?.postMessage(decided);
