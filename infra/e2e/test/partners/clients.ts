import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { accessOf } from '@gpect/local/access';
import { ROOT } from '@gpect/local/root';
import { TOOLS } from '@gpect/local/stack';
import { findJava, findKafka } from '@gpect/local-servers/tools';
import { isOnPath, unpackDebian } from './debian.js';
import type { PartnersField, SentEvent } from './field-of-partners.js';
import { buildGo, preparePhp } from './go-and-php.js';

/** The clients of examples/partners, with libraries that we did not write, each fetched from its registry once. */
const EXAMPLES = join(ROOT, 'examples/partners');
const PYTHON_PACKAGES = [
  'confluent-kafka==2.11.1',
  'cloudevents==1.12.0',
  'standardwebhooks==1.1.0',
  'requests==2.34.2',
];
const KCAT_PACKAGES = ['kcat', 'librdkafka1', 'libyajl2'];

export interface Client {
  readonly name: string;
  /** Program and arguments, which take an event on standard input and print the answer. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const pythonHome = join(TOOLS, 'partner-clients-python');
export const PYTHON = join(pythonHome, 'bin/python');

/** A virtual environment, made beside its place and moved there when it is whole. */
export function preparePython(): void {
  if (existsSync(join(pythonHome, 'ready'))) return;
  rmSync(pythonHome, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', pythonHome], { stdio: 'pipe' });
  execFileSync(join(pythonHome, 'bin/pip'), ['install', '--quiet', ...PYTHON_PACKAGES], { stdio: 'pipe' });
  mkdirSync(join(pythonHome, 'ready'));
}

/**
 * kcat of the PATH, else Debian's package, unpacked into our own folder. Debian 12 gives it librdkafka 2.0.2, whose SCRAM
 * Kafka 4 refuses (edenhill/kcat#462, mended in librdkafka 2.6.1): it runs with the librdkafka that confluent-kafka brings.
 */
export function prepareKcat(librdkafka: readonly string[]): Readonly<Record<string, string>> {
  const home = join(TOOLS, 'kcat');
  const onPath = isOnPath('kcat');
  if (!onPath) unpackDebian(home, KCAT_PACKAGES, 'kcat');
  const own = onPath ? [] : readdirSync(join(home, 'usr/lib')).map((folder) => join(home, 'usr/lib', folder));
  return {
    PATH: `${join(home, 'usr/bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    LD_LIBRARY_PATH: [...librdkafka, ...own].join(delimiter),
  };
}

/** Folders of the librdkafka that confluent-kafka brings, under the name that programs look for. */
export function prepareLibrdkafka(): readonly string[] {
  const [site = ''] = readdirSync(join(pythonHome, 'lib'));
  const wheel = join(pythonHome, 'lib', site, 'site-packages/confluent_kafka.libs');
  const newer = join(pythonHome, 'librdkafka');
  const library = readdirSync(wheel).find((file) => file.startsWith('librdkafka-'));
  mkdirSync(newer, { recursive: true });
  rmSync(join(newer, 'librdkafka.so.1'), { force: true });
  symlinkSync(join(wheel, library ?? ''), join(newer, 'librdkafka.so.1'));
  return [newer, wheel];
}

export async function clients(): Promise<readonly Client[]> {
  preparePython();
  const go = await buildGo(join(EXAMPLES, 'go'), 'examples');
  const php = preparePhp();
  const librdkafka = prepareLibrdkafka();
  const [java, jars] = [await findJava(TOOLS), await findKafka(TOOLS)];
  return [
    { name: 'Python, confluent-kafka', command: [PYTHON, join(EXAMPLES, 'kafka_client.py')] },
    { name: 'Java, kafka-clients', command: [java, '-cp', join(jars, '*'), join(EXAMPLES, 'KafkaClient.java')] },
    { name: 'kcat', command: [join(EXAMPLES, 'kcat.sh')], env: prepareKcat(librdkafka) },
    { name: 'Python over HTTP, cloudevents', command: [PYTHON, join(EXAMPLES, 'http_client.py')] },
    { name: 'Go, franz-go', command: [join(go, 'kafka')] },
    { name: 'Go over HTTP, CloudEvents SDK', command: [join(go, 'http')] },
    {
      name: 'PHP, librdkafka',
      command: [...php.command, join(EXAMPLES, 'kafka_client.php')],
      env: {
        GPECT_LIBRDKAFKA: join(librdkafka[0] ?? '', 'librdkafka.so.1'),
        LD_LIBRARY_PATH: [...librdkafka, php.env['LD_LIBRARY_PATH'] ?? ''].join(delimiter),
      },
    },
    { name: 'PHP over HTTP, curl', command: [...php.command, join(EXAMPLES, 'http_client.php')], env: php.env },
  ];
}

/** Sends an event by a client; the answer that it printed. */
export async function sendBy(
  field: PartnersField,
  client: Client,
  partner: string,
  event: SentEvent,
): Promise<{ type: string; data: Record<string, unknown> }> {
  const [program = '', ...args] = client.command;
  const said = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { env: { ...process.env, ...accessOf(field.stack, field.stack.secretsFolder, partner), ...client.env } },
      (error, stdout, stderr) =>
        error ? reject(new Error(`${client.name}: ${stderr || error.message}`)) : resolve(stdout),
    );
    child.stdin?.end(JSON.stringify({ specversion: '1.0', ...event }));
  });
  return JSON.parse(said) as { type: string; data: Record<string, unknown> };
}

/** A partner's web server, which prints what it receives with a good signature. */
export function webhookServer(
  port: number,
  ...secrets: readonly string[]
): { child: ChildProcess; received: string[] } {
  preparePython();
  const child = spawn(PYTHON, [join(EXAMPLES, 'webhook_server.py'), String(port), ...secrets], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const received: string[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    received.push(...lines);
  });
  return { child, received };
}
