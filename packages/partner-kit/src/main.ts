import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { eventsIn, faultLines, faultOf } from './check.js';
import { Counterpart } from './counterpart.js';
import { findingsOf, reportOf } from './report.js';
import { samplesOf } from './samples.js';
import { serve } from './server.js';

const USAGE = `gpect-partner-kit samples     --partner CODE [--type TYPE]
gpect-partner-kit check       --partner CODE FILE…          (- : standard input)
gpect-partner-kit counterpart --partner CODE [--port 8090] [--refuse N] [--duplicate N] [--outage N] [--reorder] [--report FILE]
`;
const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    partner: text,
    type: text,
    port: { ...text, default: '8090' },
    refuse: { ...text, default: '0' },
    duplicate: { ...text, default: '0' },
    outage: { ...text, default: '0' },
    reorder: { type: 'boolean', default: false },
    report: text,
  },
});
// Who reads us may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const [command, ...files] = positionals;
const { partner } = values;

if (!partner || !['samples', 'check', 'counterpart'].includes(command ?? '')) {
  process.stderr.write(USAGE);
  process.exitCode = 64;
} else if (command === 'samples') {
  const samples = samplesOf(partner, values.type);
  for (const sample of samples) process.stdout.write(`${JSON.stringify(sample)}\n`);
  if (samples.length === 0) process.exitCode = 1;
} else if (command === 'check') check(partner);
else counterpart(partner);

function check(code: string): void {
  let [good, bad] = [0, 0];
  for (const file of files) {
    const events = eventsIn(readFileSync(file === '-' ? 0 : file, 'utf8'));
    for (const [i, event] of events.entries()) {
      const fault = faultOf(event, code, Date.now());
      if (!fault) good++;
      else {
        bad++;
        process.stdout.write(`${faultLines(`${file}, event ${i + 1}`, fault).join('\n')}\n`);
      }
    }
  }
  process.stdout.write(`${good} keep their contract, ${bad} do not\n`);
  process.exitCode = bad > 0 || good === 0 ? 1 : 0;
}

function counterpart(code: string): void {
  const rough = {
    refuse: Number(values.refuse),
    duplicate: Number(values.duplicate),
    outage: Number(values.outage),
    reorder: values.reorder,
  };
  const side = new Counterpart(code, rough);
  const server = serve(side, code, () => reportOf(code, side, new Date()));
  server.listen(Number(values.port), () =>
    process.stdout.write(`http://127.0.0.1:${values.port} stands in for the gateway\n`),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      const report = reportOf(code, side, new Date());
      process.stdout.write(report);
      if (values.report) writeFileSync(values.report, report);
      process.exit(findingsOf(side).every((f) => f.good) ? 0 : 1);
    });
}
