import { type EventType, faultsOf, topicOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { Actor, ImportReport } from '@gpect/programme/api-client';
import { unpublishedIn } from '@gpect/programme/caught-up';
import { readAll } from '@gpect/test-kit/topics';
import { until } from '@gpect/test-kit/until';
import { SIRETS } from './firms.js';
import { bearerOf, type Field, formOf } from './harness.js';

/** One service provider that exports for several funders. */
export const FUNDER: Actor = {
  roles: ['funder'],
  funder: ['opca-a', 'opca-b', 'opca-c', 'opca-a-libre', 'akto', 'neuf', 'nobody'],
};

export interface FileReport {
  readonly fileId: string;
  readonly file: string;
  readonly status: string;
  readonly lines: number;
  readonly linesExpected?: number;
  readonly encoding?: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly cents: Readonly<Record<string, number>>;
  readonly totals: { readonly lines: number; readonly cents: number; readonly unreadableAmounts: number };
  readonly remarks: Readonly<Record<string, number>>;
  readonly columns?: Readonly<Record<string, string>>;
  readonly alsoAs?: readonly string[];
  readonly reason?: string;
  readonly door?: string;
  readonly refusals: ImportReport['refusals'];
}

/** The training-spend service as a funder meets it over HTTP. */
export class SpendClient {
  #bearer: Awaited<ReturnType<typeof bearerOf>> | undefined;

  constructor(
    private readonly field: Field,
    readonly url = field.stack.urls['training-spend'],
  ) {}

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    this.#bearer ??= await bearerOf(this.field, FUNDER);
    return fetch(this.url + path, {
      ...init,
      headers: { ...this.#bearer, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  async bearer(): Promise<string> {
    this.#bearer ??= await bearerOf(this.field, FUNDER);
    return this.#bearer.authorization;
  }

  async json(path: string, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await this.call(path, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    return this.json(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Sends a file and does not wait for it to be read. */
  async begin(programme: string, funder: string, name: string, bytes: Buffer | Blob): Promise<FileReport> {
    const { body } = await this.json(`/imports?kind=spend&programme=${programme}&funder=${funder}`, {
      method: 'POST',
      headers: { prefer: 'respond-async' },
      body: formOf(name, bytes),
    });
    return body as unknown as FileReport;
  }

  /** Sends a file and waits until it is read; its report, or the problem. */
  async send(programme: string, funder: string, name: string, bytes: Buffer | Blob) {
    return this.json(`/imports?kind=spend&programme=${programme}&funder=${funder}`, {
      method: 'POST',
      body: formOf(name, bytes),
    });
  }

  async file(programme: string, funder: string, fileId: string): Promise<FileReport> {
    return (await this.json(`/files/${programme}/${funder}/${fileId}`)).body as unknown as FileReport;
  }

  /** Waits until a file has come to this status. */
  async fileAt(
    programme: string,
    funder: string,
    fileId: string,
    status: string,
    patienceMs = 60_000,
  ): Promise<FileReport> {
    return until(
      () => this.file(programme, funder, fileId).catch(() => ({ status: 'away' }) as FileReport),
      (file) => file.status === status,
      patienceMs,
    );
  }
}

/** What a reader of the topic makes of a programme's spend: cents and lines that count, and the refusals that hold. */
export interface SpendByEvents {
  readonly cents: number;
  readonly lines: number;
  readonly refused: number;
  readonly events: Readonly<Record<string, number>>;
}

const SPEND_TOPIC = topicOf('fr.gpect.training-spend.spend-lines-recorded.v1');

/**
 * Reads the whole topic as a partner would, and checks on the way that every event is as its contract says, that no event
 * came twice under another id, and that the revisions of every line have no gap.
 */
export async function spendByEvents({ stack }: Field, programme: string): Promise<SpendByEvents> {
  let [cents, lines, refused] = [0, 0, 0];
  const events: Record<string, number> = {};
  const revisions = new Map<string, Set<number>>();
  const seen = new Set<string>();
  for (const { headers, value } of await readAll(stack.broker, SPEND_TOPIC)) {
    const type = headers['ce_type'] as EventType;
    const data = JSON.parse(value) as { programme?: string; funder?: string };
    if (data.programme !== programme || seen.has(headers['ce_id'] ?? '')) continue;
    seen.add(headers['ce_id'] ?? '');
    const faults = faultsOf(type, data);
    if (faults.length > 0) throw new Error(`${type}: ${JSON.stringify(faults)}`);
    const name = type.split('.').at(-2) ?? '';
    events[name] = (events[name] ?? 0) + 1;
    const change = (reference: string, revision: number, sign: -1 | 0 | 1, amount: number) => {
      const key = `${data.funder}/${reference}`;
      const known = revisions.get(key) ?? new Set();
      if (known.has(revision)) throw new Error(`${key} has revision ${revision} twice`);
      revisions.set(key, known.add(revision));
      lines += sign;
      cents += amount;
    };
    if (name === 'spend-lines-recorded')
      for (const l of (data as EventDataByType['fr.gpect.training-spend.spend-lines-recorded.v1']).lines)
        change(l.reference, l.revision, 1, l.amountCents);
    if (name === 'spend-lines-corrected')
      for (const l of (data as EventDataByType['fr.gpect.training-spend.spend-lines-corrected.v1']).lines)
        change(l.reference, l.revision, 0, l.amountCents - l.was.amountCents);
    if (name === 'spend-lines-cancelled')
      for (const l of (data as EventDataByType['fr.gpect.training-spend.spend-lines-cancelled.v1']).lines)
        change(l.reference, l.revision, -1, -l.amountCents);
    if (name === 'spend-lines-refused')
      refused += (data as EventDataByType['fr.gpect.training-spend.spend-lines-refused.v1']).refusals.length;
  }
  for (const [key, known] of revisions)
    if (Math.max(...known) !== known.size) throw new Error(`${key} lacks a revision: ${[...known].join()}`);
  return { cents, lines, refused, events };
}

/** Waits until everything is published, then reads it. */
export async function settledEvents(field: Field, programme: string): Promise<SpendByEvents> {
  const unpublished = async () => unpublishedIn(await field.api.gauges('training-spend'));
  // Twice: what is set aside may leave the one gauge before it is in the other.
  for (let i = 0; i < 2; i++) await until(unpublished, (count) => count === 0, 60_000);
  return spendByEvents(field, programme);
}

export interface MadeLine {
  readonly reference: string;
  readonly siret?: string;
  readonly cents: number;
  readonly operation?: string;
  readonly scheme?: string;
  readonly on?: string;
}

/** A file in the dialect of opca-c. */
export function opcaC(lines: readonly MadeLine[]): Buffer {
  const rows = lines.map(
    ({ reference, siret = SIRETS[0], cents, operation = 'CREATION', scheme = 'plan', on = '2012-03-01' }) =>
      [reference, siret, 'x', on, scheme, '7', '1', (cents / 100).toFixed(2), operation].join(','),
  );
  return Buffer.from(`ref,siret,company,paid_on,scheme,hours,trainees,amount_ht,operation\n${rows.join('\n')}\n`);
}

/** A large file in the dialect of opca-a: every line new but one in a hundred, one in fifty unreadable; and what is in it. */
export function opcaA(
  count: number,
  prefix: string,
): { bytes: Buffer; accepted: number; cents: number; refused: number } {
  const two = (n: number) => String(n).padStart(2, '0');
  let text = 'Référence;SIRET;Raison sociale;Date de paiement;Dispositif;Heures;Stagiaires;Montant HT\n';
  let [accepted, cents, refused] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const bad = i % 50 === 7;
    const repeats = i % 100 === 99;
    const n = repeats ? i - 1 : i;
    const euros = 200 + (n % 3000);
    text += `${prefix}-${n};${bad ? 'x' : SIRETS[(n * 7) % SIRETS.length]};Atelier;${two(1 + (n % 28))}/${two(1 + (n % 12))}/2011;DIF;7;1;${euros},${two(n % 100)}\n`;
    if (bad) refused++;
    else if (!repeats) {
      accepted++;
      cents += euros * 100 + (n % 100);
    }
  }
  return { bytes: Buffer.from(text), accepted, cents, refused };
}
