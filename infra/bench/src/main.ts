import { cpus, totalmem } from 'node:os';
import type { Row } from './measure.js';
import { throughput } from './throughput.js';
import { wholeStack } from './whole-stack.js';

const rows: Row[] = process.argv.includes('--latency') ? [] : await throughput();
const { rows: latency, memory } = process.argv.includes('--throughput') ? { rows: [], memory: [] } : await wholeStack();
const table = [...rows, ...latency].map(
  (r) => `| ${r.what} | ${r.ours} | ${r.bare} | ${r.ratio.toFixed(2)} | ${r.aim} |`,
);
process.stdout.write(`
Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB

| what | ours | bare | ratio | aim |
| --- | ---: | ---: | ---: | --- |
${table.join('\n')}

| resident memory | at rest | highest while the sample is loaded |
| --- | ---: | ---: |
${memory.join('\n')}
`);
process.exit(0);
