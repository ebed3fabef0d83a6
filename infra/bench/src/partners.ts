import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePorts } from '@gpect/local/ports';
import { ROOT } from '@gpect/local/root';
import { Stack } from '@gpect/local/stack';
import { startChild } from '@gpect/local-servers/child';
import { freePorts } from '@gpect/local-servers/ports';
import { ApiClient } from '@gpect/programme/api-client';
import { readFolder } from '@gpect/programme/folder';
import { paired, ROUNDS, type Row, soFar } from './measure.js';
import { answering } from './partner-answers.js';
import { eventOf, PROGRAMME } from './partner-events.js';
import { SIRETS } from './sample.js';

const EVENTS = 1000;
const AT_ONCE = 32;
/** Two carriers, each with an action of its own. */
const [PARTNER, OTHER] = ['cci-artois', 'cci-lille'];

/** The gateway against a bare route, answers against a bare Kafka round trip and beside another's load, each on one stack in turn. */
export async function partners(): Promise<{ rows: Row[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'gpect-bench-'));
  // The limit of a partner's requests is not what is measured here.
  const env = {
    VALIDATE_RESPONSES: 'false',
    NODE_ENV: 'production',
    PARTNER_REQUESTS_PER_SECOND: '1000000',
    REQUESTS_PER_SECOND: '1000000',
  };
  const stack = await Stack.start({
    dir,
    ports: await anyFreePorts(),
    services: ['enrolment', 'partner-gateway'],
    env,
  });
  try {
    await stack.declarePartners(declarations(dir));
    await launch(stack);
    const answers = await answering(stack, PARTNER, OTHER);
    // The endpoint alone: what is behind it would take its time from whichever side is measured after it.
    await stack.stopPart('enrolment');
    return { rows: [soFar(await throughput(stack, dir)), ...answers] };
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The sample's partners, and a second one like the first. */
function declarations(dir: string): string {
  const [from, to] = [join(ROOT, 'infra/kafka/partners'), join(dir, 'partners')];
  cpSync(from, to, { recursive: true });
  const first = readFileSync(join(from, `${PARTNER}.yaml`), 'utf8');
  writeFileSync(join(to, `${OTHER}.yaml`), first.replaceAll(PARTNER, OTHER));
  return to;
}

async function launch(stack: Stack): Promise<void> {
  const api = new ApiClient(stack.urls);
  const state = { roles: ['state'] };
  const { rules, basins } = readFolder(join(ROOT, 'examples/npdc-2007-2013'));
  await api.command('enrolment', state, '/programmes', { ...rules, basins });
  for (const code of [PARTNER, OTHER])
    await api.command('enrolment', state, '/collective-actions', {
      programme: PROGRAMME,
      code,
      name: 'Bench',
      basins: ['lille'],
      startsOn: '2008-01-01',
      durationMonths: 18,
      targetFirms: 1,
      carriers: [{ code, name: code }],
    });
}

async function throughput(stack: Stack, dir: string): Promise<Row> {
  const [port = 0] = await freePorts(1);
  const bare = startChild('bare', process.execPath, [fileURLToPath(new URL('./bare-route.js', import.meta.url))], {
    logFile: join(dir, 'logs/bare.log'),
    env: { ...process.env, PORT: String(port), NODE_ENV: 'production' },
  });
  const token = await tokenOf(stack);
  const [siret = ''] = SIRETS;
  const perSecond = async (url: string): Promise<number> => {
    const bodies = Array.from({ length: EVENTS }, () => JSON.stringify(eventOf(PARTNER, siret)));
    const began = performance.now();
    const worker = async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
          body,
        });
        await response.arrayBuffer();
        if (response.status !== 202) throw new Error(`${url} answered ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return EVENTS / ((performance.now() - began) / 1000);
  };
  const [gatewayUrl, bareUrl] = [
    `${stack.urls['partner-gateway']}/partners/${PARTNER}/events`,
    `http://127.0.0.1:${port}/events`,
  ];
  try {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // The first round warms both sides up.
    await perSecond(gatewayUrl);
    await perSecond(bareUrl);
    const {
      ours,
      bare: theirs,
      ratio,
    } = await paired(
      ROUNDS,
      () => perSecond(gatewayUrl),
      () => perSecond(bareUrl),
    );
    return {
      what: 'events a second through the gateway, held by the brokers / a bare Express route that only checks the same body',
      ours: `${Math.round(ours)}/s`,
      bare: `${Math.round(theirs)}/s`,
      ratio,
      aim: '0.7 or more',
    };
  } finally {
    await bare.stop();
  }
}

async function tokenOf(stack: Stack): Promise<string> {
  const response = await fetch(`${stack.urls.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roles: ['partner'], partner: PARTNER }),
  });
  return ((await response.json()) as { token: string }).token;
}
