import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePorts } from '@gpect/local/ports';
import { Stack } from '@gpect/local/stack';
import { freePorts } from '@gpect/local-servers/ports';
import { ApiClient, type Service } from '@gpect/programme/api-client';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { checkoutOf } from './checkout.js';
import { seconds } from './measure.js';
import {
  type Form,
  firmStory,
  OF_CELLS,
  OF_RECORDS,
  PROGRAMME_ACTIONS,
  PROGRAMMES,
  type StoredDocument,
} from './read-model.js';
import { residentMb } from './sample.js';

/** The last commit whose reporting counted in cells that MongoDB keeps. */
const COMMIT_OF_CELLS = '06b4c96f3b2701c1b9b865b90a8c3d51d94a804e';
/** A cube of a million firms is not there within the minute that a stack waits. */
const READY_WITHIN_MS = 900_000;
const BATCH = 2000;

/** A reporting that is measured. */
export interface Kind {
  readonly form: Form;
  /** Of that process; the build that is here where nothing is said. */
  readonly main?: string;
  /** What a question says besides, to be shown every figure as it is now. */
  readonly purpose: string;
  /** And to be told no estimates. */
  readonly ofFigures: string;
}

/** Counts in cells, one for each set of at most two dimensions, from the firms' documents into MongoDB, in the background. */
export const cells = (): Kind => ({
  form: OF_CELLS,
  main: join(checkoutOf(COMMIT_OF_CELLS, 'reporting'), 'apps/reporting/dist/main.js'),
  purpose: '',
  ofFigures: '',
});

/** Loads the firms' documents into a cube of its process when it starts; it is ready once that is done. */
export const CUBE: Kind = { form: OF_RECORDS, purpose: '&purpose=bench', ofFigures: '&estimates=false' };

/** Servers of its own and these services, of which reporting is of that kind. */
export async function startStack({ main }: Kind, services: readonly Service[]): Promise<Stack & AsyncDisposable> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    services,
    supervise: false,
    readyWithinMs: READY_WITHIN_MS,
    program: (service) => (main && service === 'reporting' ? [main] : undefined),
    env: { VALIDATE_RESPONSES: 'false', NODE_ENV: 'production' },
  });
  const stop = async () => {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return Object.assign(stack, { [Symbol.asyncDispose]: stop });
}

/** Reporting with a read model as the events of so many firms leave it (they are not sent: their reading is measured elsewhere). */
export class Side {
  readonly #api: ApiClient;

  private constructor(
    private readonly kind: Kind,
    private readonly stack: Stack & AsyncDisposable,
    private readonly connection: ReturnType<typeof createDatabase>,
  ) {
    this.#api = new ApiClient(stack.urls);
  }

  /** Reporting itself does not run yet (`count`): it did once, for its collections and what it notes of a new database. */
  static async filled(kind: Kind, firms: number): Promise<Side> {
    const stack = await startStack(kind, ['reporting']);
    const connection = createDatabase();
    const side = new Side(kind, stack, connection);
    try {
      await stack.stopPart('reporting');
      await connect(connection, stack.mongoUrlOf('reporting'));
      await side.#insert('programmes', PROGRAMMES);
      await side.#insert('actions', PROGRAMME_ACTIONS);
      for (let from = 0; from < firms; from += BATCH)
        await side.#insert(
          'firms',
          Array.from({ length: Math.min(BATCH, firms - from) }, (_, i) => kind.form(firmStory(from + i))),
        );
      return side;
    } catch (error) {
      await side.stop();
      throw error;
    }
  }

  async #insert(name: string, documents: readonly StoredDocument[]): Promise<void> {
    await collectionOf<StoredDocument>(this.connection, name).insertMany([...documents]);
  }

  /** Starts reporting; seconds until it has counted every firm. */
  count(): Promise<number> {
    return seconds(async () => {
      await this.stack.startPart('reporting');
      const left = () => collectionOf(this.connection, 'firms').findOne({ dirty: { $gt: 0 } });
      while (await left()) await new Promise((resolve) => setTimeout(resolve, 200));
    });
  }

  /** Seconds until a second process of it is ready. */
  async startReplica(): Promise<number> {
    const [port = 0] = await freePorts(1);
    let replica: Awaited<ReturnType<Stack['replica']>> | undefined;
    const took = await seconds(async () => {
      replica = await this.stack.replica('reporting', port);
    });
    await replica?.child.stop();
    return took;
  }

  /** As State, as of that day. */
  ask(path: string, asOf: string, isOfFigures = false): Promise<unknown> {
    const { purpose, ofFigures } = this.kind;
    const besides = `${purpose}${isOfFigures ? ofFigures : ''}`;
    return this.#api.get('reporting', { roles: ['state'] }, `${path}&asOf=${asOf}${besides}`);
  }

  /** Resident now. */
  memory(): { readonly reporting: number; readonly mongod: number } {
    const { reporting = 0, mongod = 0 } = this.stack.pids();
    return { reporting: residentMb(reporting), mongod: residentMb(mongod) };
  }

  async stop(): Promise<void> {
    await this.connection.close();
    await this.stack[Symbol.asyncDispose]();
  }
}
