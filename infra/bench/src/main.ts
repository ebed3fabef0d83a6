import { cpus, loadavg, totalmem } from 'node:os';
import { bilanQueries } from './bilan.js';
import { freshness } from './freshness.js';
import { partners } from './partners.js';
import { spendFiles } from './spend-file.js';
import { consumerRows, relayRows } from './throughput.js';
import { wholeStack } from './whole-stack.js';

/** Each part by its name (docs/benchmarks.md says how long it takes); without one, all of them but `--bilan`, which takes half an hour. */
const loadBefore = loadavg()[0] ?? 0;
const PARTS = ['--relay', '--consumer', '--latency', '--spend', '--partners'];
const named = process.argv.filter((part) => [...PARTS, '--throughput', '--bilan', '--all'].includes(part));
const asked = new Set(named.length === 0 ? PARTS : named.includes('--all') ? [...PARTS, '--bilan'] : named);
if (asked.delete('--throughput')) for (const part of ['--relay', '--consumer']) asked.add(part);

async function part<T>(name: string, measure: () => Promise<T>, otherwise: T): Promise<T> {
  if (!asked.has(name)) return otherwise;
  const began = performance.now();
  process.stderr.write(`${name} …\n`);
  const measured = await measure();
  process.stderr.write(`${name} took ${Math.round((performance.now() - began) / 1000)} s\n`);
  return measured;
}

const relay = await part('--relay', relayRows, []);
const consumer = await part('--consumer', consumerRows, []);
const latency = await part('--latency', wholeStack, { rows: [], memory: [] });
const spend = await part('--spend', spendFiles, { rows: [], notes: [] });
const ofPartners = await part('--partners', partners, { rows: [] });
const bilan = await part('--bilan', async () => [...(await bilanQueries()), ...(await freshness())], []);
const table = [...relay, ...consumer, ...latency.rows, ...spend.rows, ...ofPartners.rows].map(
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
  tableOf(
    '| reporting | cells | cube | cells / cube | aim | |',
    '| --- | ---: | ---: | ---: | --- | --- |',
    bilan.map(
      ({ what, before, now, ratio, aim, isReached }) =>
        `| ${what} | ${before ?? ''} | ${now} | ${ratio?.toFixed(1) ?? ''} | ${aim ?? ''} | ${aim ? (isReached ? 'reached' : '**not reached**') : ''} |`,
    ),
  ),
].join('')}`);
process.exit(0);
