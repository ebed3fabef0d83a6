import { createReadStream, createWriteStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { anyFreePorts } from '@gpect/local/ports';
import { Stack } from '@gpect/local/stack';
import { ApiClient } from '@gpect/programme/api-client';
import { unpublishedIn } from '@gpect/programme/caught-up';
import { collectionOf, connect, createDatabase } from '@gpect/service-kit/mongo/connection';
import { parse } from 'csv-parse';
import { paired, type Row, seconds } from './measure.js';
import { residentMb, SIRETS } from './sample.js';

const LINES = 200_000;
const ROUNDS = 3;
const SIZES = [50_000, 200_000, 800_000];
const LARGE = 2_000_000;
const FUNDER = { roles: ['funder'], funder: 'opca-a' };
const HEADINGS = 'Référence;SIRET;Raison sociale;Date de paiement;Dispositif;Heures;Stagiaires;Montant HT\n';
const SCHEMES = ['Plan de formation', 'DIF', 'Contrat de professionnalisation', 'Formation de tuteur'];

/** A file as opca-a writes them: every line new, of the firms of the sample. */
async function writeFile(path: string, lines: number): Promise<void> {
  const two = (n: number) => String(n).padStart(2, '0');
  await pipeline(
    Readable.from(
      (function* () {
        yield `\ufeff${HEADINGS}`;
        for (let i = 0; i < lines; i++) {
          const siret = SIRETS[(i * 7) % SIRETS.length] ?? '';
          const day = `${two(1 + (i % 28))}/${two(1 + (i % 12))}/${2007 + (i % 7)}`;
          yield `A-${i};${siret};Ateliers du Hainaut;${day};${SCHEMES[i % 4]};${i % 140};${i % 12};${200 + (i % 3000)},${two(i % 100)}\n`;
        }
      })(),
    ),
    createWriteStream(path),
  );
}

/** Sends a file and waits until it is read and every event of it is published; seconds. */
async function throughTheService(stack: Stack, path: string, programme: string, lines: number): Promise<number> {
  const token = await (
    await fetch(`${stack.urls.issuer}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(FUNDER),
    })
  ).json();
  const api = new ApiClient(stack.urls);
  return seconds(async () => {
    const form = new FormData();
    form.append('file', await openAsBlob(path), basename(path));
    const url = `${stack.urls['training-spend']}/imports?kind=spend&programme=${programme}&funder=opca-a`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${(token as { token: string }).token}`, prefer: 'respond-async' },
      body: form,
    });
    const { fileId } = (await response.json()) as { fileId: string };
    for (;;) {
      const file = (await api.get('training-spend', FUNDER, `/files/${programme}/opca-a/${fileId}`)) as {
        status: string;
        counts: { accepted: number };
      };
      if (file.status === 'READ' && unpublishedIn(await api.gauges('training-spend')) === 0) {
        if (file.counts.accepted !== lines) throw new Error(`${file.counts.accepted} of ${lines} lines were accepted`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
}

/** The same file by csv-parse and insertMany, and nothing else. */
async function bare(stack: Stack, path: string, collection: string): Promise<number> {
  const connection = createDatabase();
  await connect(connection, stack.mongoUrlOf('bare'));
  const lines = collectionOf<Record<string, string>>(connection, collection);
  try {
    return await seconds(async () => {
      let batch: Record<string, string>[] = [];
      for await (const line of createReadStream(path).pipe(parse({ delimiter: ';', bom: true, columns: true }))) {
        if (batch.push(line as Record<string, string>) < 1000) continue;
        await lines.insertMany(batch);
        batch = [];
      }
      if (batch.length > 0) await lines.insertMany(batch);
    });
  } finally {
    await lines.drop();
    await connection.close();
  }
}

/** Lines a second of a funder's file, the growth with its length, and the memory that a large one takes. */
export async function spendFiles(): Promise<{ rows: Row[]; notes: string[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    services: ['training-spend'],
    env: { VALIDATE_RESPONSES: 'false', NODE_ENV: 'production' },
  });
  try {
    let round = 0;
    const path = join(dir, 'lines.csv');
    await writeFile(path, 20_000);
    await throughTheService(stack, path, 'warm', 20_000);
    await writeFile(path, LINES);
    const rate = (s: number) => LINES / s;
    const {
      ours,
      bare: theirs,
      ratio,
    } = await paired(
      ROUNDS,
      async () => rate(await throughTheService(stack, path, `round-${round++}`, LINES)),
      async () => rate(await bare(stack, path, `round-${round}`)),
    );
    const shown = (perSecond: number) => `${Math.round(perSecond).toLocaleString('en')}/s`;
    const notes: string[] = [];
    for (const size of SIZES) {
      await writeFile(path, size);
      const took = await throughTheService(stack, path, `size-${size}`, size);
      notes.push(`| ${size.toLocaleString('en')} lines | ${took.toFixed(1)} s | ${shown(size / took)} |`);
    }
    await writeFile(path, LARGE);
    let peak = 0;
    const pid = stack.pids()['training-spend'] ?? 0;
    const watching = setInterval(() => {
      peak = Math.max(peak, residentMb(pid));
    }, 200);
    const took = await throughTheService(stack, path, 'large', LARGE);
    clearInterval(watching);
    notes.push(
      `| ${LARGE.toLocaleString('en')} lines | ${took.toFixed(1)} s | ${shown(LARGE / took)}, at most ${peak} MB resident |`,
    );
    const what = `funder's file of ${LINES.toLocaleString('en')} lines through the service, events published / csv-parse + insertMany`;
    return { rows: [{ what, ours: shown(ours), bare: shown(theirs), ratio, aim: '0.5 or more' }], notes };
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
