import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { SERVICE_NAMES, type ServiceName } from '@gpect/contracts/api-documents';

export type Service = ServiceName;
export const SERVICES: readonly Service[] = SERVICE_NAMES;

/** Where the services' public endpoints are. */
export type Urls = Readonly<Record<Service | 'issuer', string>>;

export interface ImportReport {
  readonly file: string;
  readonly lines: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly cancelled?: number;
  /** Of a file of spend. */
  readonly fileId?: string;
  readonly refused: number;
  readonly refusals: readonly {
    readonly line: number;
    readonly column: string;
    readonly value: string;
    readonly reason: string;
    readonly detail: string;
  }[];
  /** Of a file of detections, sessions and the like: what is to be known of it though nothing is refused. */
  readonly remarks?: readonly { readonly code: string; readonly detail: string }[];
}

/** An endpoint answered that it will not: sending again cannot help. */
export class Refused extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`${what}: ${status} ${JSON.stringify(problem)}`);
  }
}

/** Who acts, as the development issuer knows it. */
export interface Actor {
  readonly roles: readonly string[];
  readonly carrier?: string;
  readonly partner?: string;
  readonly consultant?: string | readonly string[];
  readonly funder?: string | readonly string[];
  /** The programmes that the token is bound to; all of them where nothing is said. */
  readonly programmes?: readonly string[];
  /** The person behind the token. */
  readonly subject?: string;
}

const RETRY_MS = 400;
/** How long fresh gauges are waited for; those of a service whose servers are away stay as they are. */
const GAUGES_MS = 3000;

/** The services as a partner meets them: HTTP, a token, and patience while one of them is away. */
export class ApiClient {
  readonly #tokens = new Map<string, string>();

  constructor(
    readonly urls: Urls,
    /** How long an endpoint may be away before we give up. */
    private readonly patienceMs = 300_000,
  ) {}

  /** Sends a command; again with the same key until it is answered. */
  async command(service: Service, actor: Actor, path: string, body: object): Promise<void> {
    const text = JSON.stringify(body);
    const key = createHash('sha256').update(`${path}\n${text}`).digest('hex').slice(0, 40);
    await this.#answered(`${service} ${path}`, async () =>
      fetch(this.urls[service] + path, {
        method: 'POST',
        headers: {
          authorization: await this.#bearer(actor),
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: text,
      }),
    );
  }

  /** Sends a file; again from its first byte until it is answered (the services know the lines that they took). */
  async upload(
    service: Service,
    actor: Actor,
    query: Readonly<Record<string, string>>,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ImportReport> {
    const name = basename(path);
    const answer = await this.#answered(`${service} ${name}`, async () => {
      const form = new FormData();
      form.append('file', await openAsBlob(path), name);
      return fetch(`${this.urls[service]}/imports?${new URLSearchParams(query)}`, {
        method: 'POST',
        headers: { authorization: await this.#bearer(actor), ...headers },
        body: form,
      });
    });
    return answer as ImportReport;
  }

  /** Asks for something to be done that is no command of an aggregate; the answer. */
  async ask(service: Service, actor: Actor, path: string, body: object): Promise<unknown> {
    return this.#answered(`${service} ${path}`, async () =>
      fetch(this.urls[service] + path, {
        method: 'POST',
        headers: { authorization: await this.#bearer(actor), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  }

  async get(service: Service, actor: Actor, path: string): Promise<unknown> {
    return this.#answered(`${service} ${path}`, async () =>
      fetch(this.urls[service] + path, { headers: { authorization: await this.#bearer(actor) } }),
    );
  }

  /** A file that a service answers with. */
  async download(service: Service, actor: Actor, path: string): Promise<Buffer> {
    return (await this.#answered(
      `${service} ${path}`,
      async () => fetch(this.urls[service] + path, { headers: { authorization: await this.#bearer(actor) } }),
      async (response) => Buffer.from(await response.arrayBuffer()),
    )) as Buffer;
  }

  /**
   * The gauges of a service by name, labels apart; undefined while it does not answer. They are measured in the background:
   * none is taken that was measured before one asked, as long as they can be measured at all.
   */
  async gauges(service: Service): Promise<Map<string, number> | undefined> {
    const asked = Date.now();
    try {
      for (;;) {
        const text = await (await fetch(`${this.urls[service]}/metrics`)).text();
        const rows = text.matchAll(/^(gpect_\w+)\{[^}]*\} (\S+)$/gm);
        const gauges = new Map([...rows].map(([, name = '', value]) => [name, Number(value)]));
        const age = 1000 * (gauges.get('gpect_gauges_age_seconds') ?? 0);
        if (age <= Date.now() - asked || Date.now() - asked > GAUGES_MS) return gauges;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch {
      return undefined;
    }
  }

  async #answered(
    what: string,
    send: () => Promise<Response>,
    read: (answer: Response) => Promise<unknown> = (answer) => answer.json(),
  ): Promise<unknown> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      let trouble: unknown;
      try {
        const response = await send();
        if (response.ok) return await read(response);
        const body: unknown = await response.json();
        if (response.status < 500) throw new Refused(what, response.status, body);
        trouble = `${response.status} ${JSON.stringify(body)}`;
      } catch (error) {
        if (error instanceof Refused) throw error;
        trouble = error;
      }
      if (Date.now() > deadline)
        throw new Error(`${what} was not answered within ${this.patienceMs / 1000} s: ${String(trouble)}`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #bearer(actor: Actor): Promise<string> {
    const key = JSON.stringify(actor);
    let token = this.#tokens.get(key);
    if (!token) {
      const response = await fetch(`${this.urls.issuer}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: key,
      });
      if (!response.ok) throw new Error(`no token for ${key}: ${response.status}`);
      ({ token } = (await response.json()) as { token: string });
      this.#tokens.set(key, token);
    }
    return `Bearer ${token}`;
  }
}
