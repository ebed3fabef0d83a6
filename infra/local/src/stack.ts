import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { applyTopics } from '@gpect/kafka-admin/topics';
import { type Child, startChild } from '@gpect/local-servers/child';
import { startKafka } from '@gpect/local-servers/kafka';
import { startMongod } from '@gpect/local-servers/mongod';
import { SERVICES, type Service, type Urls } from '@gpect/programme/api-client';
import type { Ports } from './ports.js';
import { ROOT } from './root.js';

/** Servers that were fetched once, for every stack and test of this clone. */
export const TOOLS = join(ROOT, '.local/tools');

export type PartName = 'mongod' | 'kafka' | 'issuer' | 'dashboard' | Service;

export interface StackOptions {
  /** Where data and logs are kept. */
  readonly dir: string;
  readonly ports: Ports;
  /** Starts again a part that ended by itself (default true). */
  readonly supervise?: boolean;
  readonly say?: (line: string) => void;
  /** The services that run; all of them where nothing is said. */
  readonly services?: readonly Service[];
  /** What Node is given to run a service, where it is not what the build made of it. */
  readonly program?: (service: Service) => readonly string[] | undefined;
  /** More options for mongod itself. */
  readonly mongodOptions?: readonly string[];
  /** How long a part may take until it answers (ms): a minute where nothing is said. */
  readonly readyWithinMs?: number;
  /** More environment for every service. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the pages are served, too (default false). */
  readonly pages?: boolean;
}

const LETS_GO_WITHIN_MS = 3000;
/** Of the pages at the development issuer, which gives a token to whoever asks. */
const PAGES_SECRET = 'development';

/** A whole programme on this machine: a real broker, a real mongod, the issuer, every service; each its own process. */
export class Stack {
  readonly urls: Urls;
  readonly #children = new Map<PartName, Child>();
  readonly #wanted = new Set<PartName>();
  /** Processes whose place another one has taken. */
  readonly #replaced = new WeakSet<Child>();
  #stopping = false;
  /** Parts that do not answer yet. */
  readonly #starting = new Set<Promise<void>>();
  #authority = '';
  readonly #given = new Map<Service, Readonly<Record<string, string>>>();

  private constructor(private readonly options: StackOptions) {
    const { ports } = options;
    this.urls = Object.fromEntries(
      (['issuer', ...SERVICES] as const).map((name) => [name, `http://127.0.0.1:${ports[name]}`]),
    ) as unknown as Urls;
  }

  static async start(options: StackOptions): Promise<Stack> {
    // Uploads under way are spooled in the stack's own folder: what a killed service leaves there goes with it.
    rmSync(join(options.dir, 'tmp'), { recursive: true, force: true });
    mkdirSync(join(options.dir, 'tmp'), { recursive: true });
    const stack = new Stack(options);
    mkdirSync(stack.dropFolder, { recursive: true });
    try {
      await Promise.all([
        stack.startPart('mongod'),
        stack.startPart('kafka').then(() => applyTopics(stack.broker)),
        stack.startPart('issuer'),
      ]);
      await Promise.all((options.services ?? SERVICES).map((service) => stack.startPart(service)));
      if (options.pages) await stack.startPart('dashboard');
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** Where people open the pages, and sign in. */
  get pagesUrl(): string {
    return `http://127.0.0.1:${this.options.ports.dashboard}`;
  }

  get broker(): string {
    return `127.0.0.1:${this.options.ports.kafka}`;
  }

  /** More environment for one service, from its next start on. */
  giveEnv(service: Service, env: Readonly<Record<string, string>>): void {
    this.#given.set(service, env);
  }

  /** Where partners' Kafka clients connect: TLS, SCRAM-SHA-512. */
  get partnersBroker(): string {
    return `127.0.0.1:${this.options.ports['kafka-partners']}`;
  }

  /** PEM file of what they trust. */
  get authority(): string {
    return this.#authority;
  }

  /** Where partners' secrets are kept: a file each, for its owner alone. */
  get secretsFolder(): string {
    return join(this.options.dir, 'secrets');
  }

  /** Makes brokers and gateway agree with declarations of partners, by the command of operations; what it says. */
  async declarePartners(folder: string, ...options: readonly string[]): Promise<string> {
    const token = join(this.options.dir, 'operations-token');
    writeFileSync(token, await this.#operationsToken(), { mode: 0o600 });
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/partners.js', ...options], {
      cwd: join(ROOT, 'infra/kafka'),
      env: {
        ...process.env,
        KAFKA_BROKERS: this.broker,
        PARTNERS_FOLDER: folder,
        SECRETS_FOLDER: this.secretsFolder,
        PARTNER_GATEWAY_URL: this.urls['partner-gateway'],
        OPERATIONS_TOKEN_FILE: token,
      },
    });
    return stdout;
  }

  async #operationsToken(): Promise<string> {
    const response = await fetch(`${this.urls.issuer}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ roles: ['operations'] }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  /** Where an SFTP server would put files of spend. */
  get dropFolder(): string {
    return join(this.options.dir, 'depot');
  }

  mongoUrlOf(database: string): string {
    return `mongodb://127.0.0.1:${this.options.ports.mongod}/${database}?directConnection=true`;
  }

  logOf(part: PartName): string {
    return join(this.options.dir, `logs/${part}.log`);
  }

  pids(): Record<string, number> {
    return Object.fromEntries([...this.#children].filter(([, c]) => c.running()).map(([name, c]) => [name, c.pid]));
  }

  /** Starts a part that does not run, and waits until it answers. */
  async startPart(part: PartName): Promise<void> {
    this.#wanted.add(part);
    const start = this.#launch(part).then((child) => {
      this.#children.set(part, child);
      void child.ended.then((code) => this.#ended(part, child, code));
    });
    this.#starting.add(start);
    await start.finally(() => this.#starting.delete(start));
  }

  /** Ends a part cleanly; it stays down until `startPart`. */
  async stopPart(part: PartName): Promise<void> {
    this.#wanted.delete(part);
    await this.#children.get(part)?.stop();
  }

  /**
   * A service anew, with the code that is there now: the new process begins while the old one, which listens no more, ends
   * what is under way, as in a rolling update. One that cannot be asked (it stands at a breakpoint) is killed.
   */
  async replaceService(service: Service): Promise<void> {
    const old = this.#children.get(service);
    if (old?.running()) {
      this.#replaced.add(old);
      void old.stop();
      if (!(await listensNoMore(old, this.urls[service]))) old.kill('SIGKILL');
    }
    await this.startPart(service);
  }

  /** `kill -9`: the part dies in the middle of what it does, and stays down until `startPart`. */
  async killPart(part: PartName): Promise<void> {
    this.#wanted.delete(part);
    const child = this.#children.get(part);
    child?.kill('SIGKILL');
    await child?.ended;
  }

  /** Services first, then what they stand on. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#starting);
    await this.stopPart('dashboard');
    await Promise.all(SERVICES.map((service) => this.stopPart(service)));
    await Promise.all((['issuer', 'kafka', 'mongod'] as const).map((part) => this.stopPart(part)));
  }

  async #launch(part: PartName): Promise<Child> {
    const { dir, ports } = this.options;
    if (part === 'mongod') {
      const { mongodOptions: options = [] } = this.options;
      return (await startMongod({ dir, port: ports.mongod, toolsDir: TOOLS, options })).child;
    }
    if (part === 'kafka') {
      const { child, authority } = await startKafka({
        dir,
        port: ports.kafka,
        controllerPort: ports['kafka-controller'],
        partnersPort: ports['kafka-partners'],
        toolsDir: TOOLS,
      });
      this.#authority = authority;
      return child;
    }
    if (part === 'issuer' || part === 'dashboard') return this.#launchSignIn(part);
    const child = this.#serviceProcess(part, part, {});
    await this.#answers(child, `${this.urls[part]}/health/ready`);
    return child;
  }

  /** The provider where people sign in, or the pages for which they do. */
  async #launchSignIn(part: 'issuer' | 'dashboard'): Promise<Child> {
    const isIssuer = part === 'issuer';
    const child = startChild(part, process.execPath, ['--enable-source-maps', 'dist/main.js'], {
      cwd: join(ROOT, isIssuer ? 'infra/dev-issuer' : 'apps/dashboard'),
      logFile: this.logOf(part),
      env: { ...process.env, ...(isIssuer ? this.#issuerEnv() : this.pagesEnv()) },
    });
    await this.#answers(child, isIssuer ? `${this.urls.issuer}/health/live` : `${this.pagesUrl}/health/ready`);
    return child;
  }

  #issuerEnv(): Record<string, string> {
    return {
      PORT: String(this.options.ports.issuer),
      ISSUER: `${this.urls.issuer}/`,
      KEY_FILE: join(this.options.dir, 'issuer-key.json'),
      CLIENTS_FOLDER: this.secretsFolder,
      PAGES_URL: this.pagesUrl,
      PAGES_SECRET,
      DEVELOPMENT: 'true',
    };
  }

  /** All that the pages need to start alone. */
  pagesEnv(): Record<string, string> {
    const services = SERVICES.map((name) => [`${name.toUpperCase().replaceAll('-', '_')}_URL`, this.urls[name]]);
    return {
      PORT: String(this.options.ports.dashboard),
      PUBLIC_URL: this.pagesUrl,
      MONGO_URL: this.mongoUrlOf('dashboard'),
      SESSION_SECRET: this.#keptSecret('session-secret'),
      OIDC_ISSUER: `${this.urls.issuer}/`,
      OIDC_CLIENT_SECRET: PAGES_SECRET,
      DEVELOPMENT: 'true',
      ...Object.fromEntries(services),
    };
  }

  /** Made once for this stack: who is signed in stays so when it is started again. */
  #keptSecret(name: string): string {
    const file = join(this.options.dir, name);
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
    return readFileSync(file, 'utf8');
  }

  /** A second process of a service, on a port of its own; whoever asks for it stops it. */
  async replica(service: Service, port: number): Promise<{ child: Child; url: string }> {
    const child = this.#serviceProcess(service, `${service}-${port}`, { PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    await this.#answers(child, `${url}/health/ready`);
    return { child, url };
  }

  #serviceProcess(service: Service, name: string, env: Readonly<Record<string, string>>): Child {
    const program = this.options.program?.(service) ?? ['dist/main.js'];
    return startChild(name, process.execPath, ['--enable-source-maps', ...program], {
      cwd: join(ROOT, 'apps', service),
      logFile: join(this.options.dir, `logs/${name}.log`),
      env: { ...process.env, ...this.serviceEnv(service), ...this.options.env, ...this.#given.get(service), ...env },
    });
  }

  /** All that a service needs to start alone. */
  serviceEnv(service: Service): Record<string, string> {
    return {
      PORT: String(this.options.ports[service]),
      MONGO_URL: this.mongoUrlOf(service),
      KAFKA_BROKERS: this.broker,
      AUTH_ISSUER: `${this.urls.issuer}/`,
      AUTH_JWKS_URL: `${this.urls.issuer}/.well-known/jwks.json`,
      DEVELOPMENT: 'true',
      VALIDATE_RESPONSES: 'true',
      TMPDIR: join(this.options.dir, 'tmp'),
      ...(service === 'training-spend' ? { SPEND_DROP_FOLDER: this.dropFolder } : {}),
    };
  }

  /** @throws where it does not, or the stack is stopped meanwhile: then the process is ended */
  async #answers(child: Child, url: string): Promise<void> {
    try {
      await this.#comesUp(child, url);
    } catch (error) {
      await child.stop();
      throw error;
    }
  }

  async #comesUp(child: Child, url: string): Promise<void> {
    const { readyWithinMs: most = 60_000 } = this.options;
    const deadline = Date.now() + most;
    for (;;) {
      if (this.#stopping) throw new Error(`${child.name} is stopped before it is ready`);
      if (!child.running()) throw new Error(`${child.name} did not start: see ${child.logFile}`);
      const ok = await fetch(url).then(
        (r) => r.ok,
        () => false,
      );
      if (ok) return;
      if (Date.now() > deadline)
        throw new Error(`${child.name} is not ready after ${most / 1000} s: see ${child.logFile}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A part that ended though it should run is started again, as an orchestrator would. */
  async #ended(part: PartName, child: Child, code: number | null): Promise<void> {
    if (this.#stopping || !this.#wanted.has(part) || this.#replaced.has(child)) return;
    if (this.options.supervise === false) return;
    const line = `${part} (process ${child.pid}) ended by itself (${code === null ? 'killed' : `code ${code}`}); it is started again, its log is ${child.logFile}`;
    this.options.say?.(line);
    appendFileSync(join(this.options.dir, 'logs/supervisor.log'), `${new Date().toISOString()} ${line}\n`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (this.#stopping || !this.#wanted.has(part)) return;
    await this.startPart(part).catch((error: unknown) => this.options.say?.(`${part} did not start: ${String(error)}`));
  }
}

async function listensNoMore(child: Child, url: string): Promise<boolean> {
  const deadline = Date.now() + LETS_GO_WITHIN_MS;
  while (child.running() && Date.now() < deadline) {
    const [refused] = await Promise.all([
      fetch(url, { signal: AbortSignal.timeout(500) }).then(
        () => false,
        (error: Error) => error.name !== 'TimeoutError',
      ),
      new Promise((resolve) => setTimeout(resolve, 20)),
    ]);
    if (refused) return true;
  }
  return !child.running();
}
