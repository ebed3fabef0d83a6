import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { freePorts } from '@gpect/local-servers/ports';
import { prepareChromium } from '@gpect/test-kit/chromium';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';

/** The catalogue as a partner's contractor finds it, in a real browser. */
let server: ChildProcess;
let browser: Browser;
let page: Page;
let url = '';
let broken: string[] = [];

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, [fileURLToPath(new URL('../dist/serve.js', import.meta.url))], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  browser = await chromium.launch({
    executablePath: prepareChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const deadline = Date.now() + 120_000;
  while (!(await fetch(url).catch(() => undefined))?.ok) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('the catalogue does not come');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
});
afterAll(async () => {
  await browser?.close();
  if (server.exitCode === null) {
    server.kill();
    await once(server, 'exit');
  }
});
beforeEach(async () => {
  const context = await browser.newContext({ locale: 'fr-FR' });
  page = await context.newPage();
  broken = [];
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) broken.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) broken.push(`asks ${request.url()}`);
  });
});

test('from the first page to an event, its example, and the same in English', async () => {
  await page.goto(url);
  await page.getByRole('main').getByRole('link', { name: "Repérage d'entreprise envoyé" }).click();
  await page.getByRole('heading', { level: 1, name: "Repérage d'entreprise envoyé" }).waitFor();
  const text = await page.getByRole('main').textContent();
  for (const said of ['Un partenaire nomme une entreprise', 'Envoyé par', 'Lu par', '1.1.0', 'MAISON_EMPLOI'])
    expect(text).toContain(said);
  await page.goto(`${url}/en/events/partner/firm-detection-sent-v1`);
  await page.getByRole('heading', { level: 1, name: 'Firm detection sent' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(broken).toEqual([]);
});

test('a search finds an event by a word of its meaning', async () => {
  await page.goto(url);
  await page.getByRole('button', { name: 'Rechercher' }).click();
  await page.locator('#localsearch-input').fill('visioconférence');
  await page.locator('#localsearch-list a[href*="firm-contact-sent-v2"]').click();
  await page.waitForURL(/firm-contact-sent-v2/);
  expect(broken).toEqual([]);
});

test('a version that ends leads to the one that replaces it', async () => {
  await page.goto(`${url}/events/partner/firm-contact-sent-v1`);
  await page.getByText('Cette version finit le 2027-11-30.').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'firm-contact-sent.v2' }).click();
  await page.waitForURL(/firm-contact-sent-v2/);
  expect(broken).toEqual([]);
});

test('the HTTP endpoint is browsed, in French', async () => {
  await page.goto(`${url}/http`);
  await page.locator('a[href="/http/partner-gateway.fr.html"]').click();
  await page.getByText('Réponses et événements qui concernent le partenaire').first().waitFor();
  expect(broken).toEqual([]);
});

test('the conformance kit runs by its address alone', async () => {
  await page.goto(url);
  const kit = await page.getByRole('link', { name: 'Kit de conformité' }).getAttribute('href');
  const { stdout } = await promisify(execFile)('npx', ['--yes', url + kit, 'samples', '--partner', 'opca-a']);
  expect(stdout.split('\n').map((line) => line && (JSON.parse(line) as { source: string }).source)).toContain(
    '/partners/opca-a',
  );
});

test('what can be downloaded is there, and is JSON', async () => {
  const downloadsOn = async (path: string) => {
    await page.goto(url + path);
    const links = page.locator('main a[download]');
    return links.evaluateAll((all) => all.map((a) => (a as unknown as { href: string }).href));
  };
  const links = [...(await downloadsOn('/events/enrolment/firm-detected-v1')), ...(await downloadsOn('/http'))];
  expect(links.length).toBe(8);
  for (const link of [...links, `${url}/asyncapi.fr.json`])
    expect(typeof (await (await fetch(link)).json())).toBe('object');
});

test.each([
  '/',
  '/en/',
  '/events/partner/firm-detection-sent-v1',
  '/events/enrolment/firm-contacted-v1',
  '/changes',
  '/http',
])('%s can be used by everybody (axe: WCAG 2 A and AA)', async (path) => {
  await page.goto(url + path);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((n) => n.html)
          .slice(0, 3)
          .join(' ')}`,
    ),
  ).toEqual([]);
});
