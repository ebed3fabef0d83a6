import { spawn } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@gpect/programme/api-client';
import { compile, type SyntaxFault } from './compile.js';
import { impactOf, readersOfDocument } from './impact.js';

export interface DevLoopOptions {
  readonly root: string;
  readonly watched: readonly Service[];
  /** Stops a service and starts it again; fails where it does not come up. */
  restart(service: Service): Promise<void>;
  say(line: string): void;
}

/** Brings edits into the running services, one look after the other: what is edited meanwhile comes with the next. */
export class DevLoop {
  readonly #waiting = new Set<string>();
  /** By file, the services that wait for its syntax to be mended. */
  readonly #broken = new Map<string, readonly Service[]>();
  /** Services that did not come up: the next edit, whatever it is, tries them again. */
  readonly #down = new Set<Service>();
  #first = 0;
  #working: Promise<void> | undefined;

  constructor(private readonly options: DevLoopOptions) {}

  edited(files: readonly string[]): void {
    if (this.#waiting.size === 0) this.#first = Date.now();
    for (const file of files) this.#waiting.add(file);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async #work(): Promise<void> {
    while (this.#waiting.size > 0) {
      const [files, since] = [[...this.#waiting], this.#first];
      this.#waiting.clear();
      await this.#bring(files, since);
    }
  }

  async #bring(files: readonly string[], since: number): Promise<void> {
    const { root, watched, say } = this.options;
    const { sources, contracts, services } = impactOf(files, watched);
    if (sources.length === 0 && services.length === 0 && !contracts) return;
    const made = contracts ? await this.#documents() : [];
    const faults = await compile(root, sources);
    this.#note(sources, faults, services);
    const due = new Set([...services, ...made.flatMap((d) => readersOfDocument(d, watched)), ...this.#down]);
    // They run on as they are, until what they would not understand is mended.
    for (const service of [...this.#broken.values()].flat()) due.delete(service);
    // A service that starts computes most of the time: more at once than there are cores would keep all of them waiting.
    const queue = [...due];
    const next = async (): Promise<void> => {
      for (let service = queue.shift(); service; service = queue.shift()) await this.#restart(service, since);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, next));
    if (made.length > 0) void this.#generate([]).catch((error: unknown) => say(String(error)));
  }

  #note(sources: readonly string[], faults: readonly SyntaxFault[], services: readonly Service[]): void {
    for (const file of sources) this.#broken.delete(file);
    for (const { file, reason } of faults) {
      this.#broken.set(file, services);
      this.options.say(`${file} cannot be compiled; what runs stays until it is mended\n${reason}`);
    }
  }

  async #restart(service: Service, since: number): Promise<void> {
    const { restart, say } = this.options;
    try {
      await restart(service);
      this.#down.delete(service);
      say(`${service} runs the edit, ${((Date.now() - since) / 1000).toFixed(1)} s after it`);
    } catch (error) {
      this.#down.add(service);
      say(`${error instanceof Error ? error.message : String(error)}\n${service} is tried again after the next edit`);
    }
  }

  /** What services read of the contracts, first: the types follow once they run. */
  async #documents(): Promise<string[]> {
    try {
      const said = await this.#generate(['--documents']);
      return [...said.matchAll(/^written: (.*)$/gm)].map(([, file = '']) => file);
    } catch (error) {
      this.options.say(`${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  #generate(options: readonly string[]): Promise<string> {
    const home = join(this.options.root, 'packages/contracts');
    const child = spawn(process.execPath, ['scripts/generate.mjs', ...options], { cwd: home, stdio: 'pipe' });
    // Types are for the editor: the services that start go first.
    if (options.length === 0 && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let [said, fault] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => {
      said += String(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      fault += String(piece);
    });
    return new Promise((resolve, reject) => {
      child.on('close', (code) => {
        if (code === 0) resolve(said);
        else reject(new Error(`the contracts cannot be read; what runs stays until they are mended\n${fault}`));
      });
    });
  }
}
