import { cpus, loadavg, totalmem } from 'node:os';
import { bilanQueries } from './bilan.js';
import { partners } from './partners.js';
import { spendFiles } from './spend-file.js';
import { throughput } from './throughput.js';
import { wholeStack } from './whole-stack.js';

/** `--throughput`, `--latency`, `--spend`, `--partners` or `--bilan` measure one part; without them all five. */
const loadBefore = loadavg()[0] ?? 0;
const asked = ['--throughput', '--latency', '--spend', '--partners', '--bilan'].filter((part) =>
  process.argv.includes(part),
);
const wants = (part: string) => asked.length === 0 || asked.includes(part);
const rows = wants('--throughput') ? await throughput() : [];
const latency = wants('--latency') ? await wholeStack() : { rows: [], memory: [] };
const spend = wants('--spend') ? await spendFiles() : { rows: [], notes: [] };
const ofPartners = wants('--partners') ? await partners() : { rows: [] };
const bilan = wants('--bilan') ? await bilanQueries() : { rows: [], notes: [], plans: [] };
const table = [...rows, ...latency.rows, ...spend.rows, ...ofPartners.rows, ...bilan.rows].map(
  (r) => `| ${r.what} | ${r.ours} | ${r.bare} | ${r.ratio.toFixed(2)} | ${r.aim ?? ''} |`,
);
/** A table of what was measured; nothing where that part was not asked for. */
const tableOf = (head: string, cells: string, lines: readonly string[]) =>
  lines.length > 0 ? `\n${head}\n${cells}\n${lines.join('\n')}\n` : '';
process.stdout.write(`
Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadBefore.toFixed(1)} before it began
${[
  tableOf('| what | ours | bare | ratio | aim |', '| --- | ---: | ---: | ---: | --- |', table),
  tableOf(
    '| resident memory | at rest | highest while the sample is loaded |',
    '| --- | ---: | ---: |',
    latency.memory,
  ),
  tableOf("| a funder's file | read and published in | lines a second |", '| --- | ---: | ---: |', spend.notes),
  tableOf('| cells | folded in |', '| --- | ---: |', bilan.notes),
  tableOf(
    '| question | read of 10 000 firms | read of 100 000 firms | by |',
    '| --- | ---: | ---: | --- |',
    bilan.plans,
  ),
].join('')}`);
process.exit(0);
