import { get } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import { releaseFigures } from '@gpect/programme/bilan';
import { caughtUp } from '@gpect/programme/caught-up';
import { readFolder } from '@gpect/programme/folder';
import { prepareChromium } from '@gpect/test-kit/chromium';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { bilanOfLoad, type Field, openField, openProgramme, SAMPLE } from './harness.js';

/** The pages as people of the programme meet them: in a real browser, signed in at a real provider, on the sample. */
let field: Field;
let browser: Browser;
let truth: { readonly programme: Readonly<Record<string, number>> };
const sample = readFolder(SAMPLE);
const glance = `/dispositif?dispositif=${sample.rules.code}`;
const inFull = `${glance}&finalite=comit%C3%A9+de+pilotage`;
/** What no page may do: a script that fails, a style or script that the policy refuses, something from elsewhere. */
let faults: string[] = [];

beforeAll(async () => {
  field = await openField(true, undefined, [], undefined, true);
  truth = (await bilanOfLoad(field, sample)) as typeof truth;
  await releaseFigures(field.api, sample.rules.code);
  browser = await chromium.launch({
    executablePath: prepareChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser?.close();
  await field?.stop();
});
beforeEach(() => {
  faults = [];
});

async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400 && ![401, 403].includes(answer.status()))
      faults.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    const ours = [field.stack.pagesUrl, field.stack.urls.issuer].some((own) => url.startsWith(`${own}/`));
    if (!ours && !url.startsWith('data:')) faults.push(`asks ${url}`);
  });
  await page.goto(field.stack.pagesUrl + path);
  return page;
}

/** Signs in by the page and the provider, and is where one wanted to go. */
async function signedIn(person: string, path: string, options?: BrowserContextOptions): Promise<Page> {
  const page = await opened(path, options);
  await page.getByRole('link', { name: /Se connecter|Sign in/ }).click();
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('button', { name: /Se déconnecter|Sign out/ }).waitFor();
  return page;
}

const drawn = (page: Page) =>
  page.getByRole('figure', { name: 'De la détection à la fin de l’accompagnement' }).waitFor();

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

const plain = (text: string | null) => (text ?? '').replaceAll(/[\s\u00a0\u202f]/g, '');

describe('the State, in committee', () => {
  test('signs in, sees the figures of the programme as they are true, and the path of its firms', async () => {
    const page = await signedIn('Claire Fontaine', inFull);
    await drawn(page);
    expect(page.url()).toBe(field.stack.pagesUrl + inFull);
    for (const [name, id] of [
      ['Entreprises détectées', 'detected'],
      ['Qualifiées', 'qualified'],
      ['Adhérentes', 'enrolled'],
      ['Accompagnées', 'accompanied'],
      ['Séances', 'sessions'],
    ] as const) {
      const figure = page
        .locator('.figures')
        .getByRole('button', { name: new RegExp(name) })
        .first();
      expect(plain(await figure.locator('.value').textContent())).toBe(String(truth.programme[id]));
    }
    await page.getByText('Les mêmes chiffres en tableau').first().click();
    const counts = await page.locator('figure').first().locator('tbody tr td:nth-child(2)').allTextContents();
    expect(counts).toEqual(['677', '580', '493', '460']);
    await accessible(page);
    expect(faults).toEqual([]);
  });

  test('opens a figure by keyboard: what it is, how many firms, where from; the link shows exactly that', async () => {
    const page = await signedIn('Claire Fontaine', inFull);
    const figure = page
      .locator('.figures')
      .getByRole('button', { name: /Adhérentes/ })
      .first();
    await figure.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('gpect.enrolment.events').waitFor();
    const said = (await dialog.textContent()) ?? '';
    for (const part of ['493', 'Ce que c’est', 'Entreprises derrière ce chiffre', 'Formule', 'à cet instant'])
      expect(said).toContain(part);
    await accessible(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole('dialog').getByText('gpect.enrolment.events').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').textContent()).toBe(await figure.textContent());
    expect(page.url()).not.toContain('chiffre=');
    expect(faults).toEqual([]);
  });

  test('maps the basins by the figure that it chooses, in English as well', async () => {
    const page = await signedIn('Claire Fontaine', `${inFull}&lang=en`);
    await page.getByLabel('Figure on the map').selectOption('sessions');
    await page.getByRole('img', { name: /by employment basin: from/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('carte')).toBe('sessions');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await accessible(page);
    expect(faults).toEqual([]);
  });
});

test('an evaluator sees what was released, by night and on a phone, without a page that is wider than it', async () => {
  const page = await signedIn('Paul Girard', glance, { colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  await drawn(page);
  await page.getByText(/Chiffres publiés le/).waitFor();
  expect(await page.getByLabel(/Finalité/).count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await accessible(page);
  expect(faults).toEqual([]);
});

test('a consultant is offered no bilan, is refused one whose address is known, by the service as well', async () => {
  const page = await signedIn('Marc Delattre', '/');
  await page.getByRole('heading', { name: 'Bonjour, Marc Delattre' }).waitFor();
  expect(await page.getByRole('link', { name: /coup d’œil/ }).count()).toBe(0);
  await accessible(page);
  await page.goto(field.stack.pagesUrl + inFull);
  await page.getByRole('alert').getByText('Non ouvert à ce rôle').waitFor();
  expect(await page.locator('.figures').count()).toBe(0);
  await accessible(page);
  const answer = await page.evaluate(
    async (url) => (await fetch(url)).status,
    `/api/reporting/bilan?programme=${sample.rules.code}`,
  );
  expect(answer).toBe(403);
  expect(faults).toEqual([]);
});

test('a session that has ended is said, and after signing in again one is where one was, with what one had typed', async () => {
  const page = await signedIn('Claire Fontaine', glance);
  await drawn(page);
  const sessions = await mongoose.createConnection(field.stack.mongoUrlOf('dashboard')).asPromise();
  await sessions.collection('sessions').deleteMany({});
  await sessions.close();
  await page.getByLabel(/Finalité/).fill('revue du comité');
  await page.getByRole('button', { name: 'Afficher' }).click();
  await page.getByRole('alert').getByText('La session est terminée').waitFor();
  await accessible(page);
  await page.getByRole('link', { name: 'Se reconnecter' }).click();
  // The provider still knows her.
  await page.getByText('finalité : revue du comité').waitFor();
  expect(await page.getByLabel(/Finalité/).inputValue()).toBe('revue du comité');
  expect(faults).toEqual([]);
});

test('who has not signed in is shown the door; whoever signs out is out at the provider, too', async () => {
  const page = await opened(glance);
  await page.getByRole('link', { name: 'Se connecter' }).waitFor();
  await accessible(page);
  const other = await signedIn('Claire Fontaine', '/');
  await other.getByRole('button', { name: 'Se déconnecter' }).click();
  await other.getByRole('heading', { name: 'Se déconnecter' }).waitFor();
  await other.getByRole('button', { name: 'Se déconnecter' }).click();
  await other.getByRole('link', { name: 'Se connecter' }).click();
  await other.getByRole('heading', { name: 'Qui êtes-vous' }).waitFor();
  expect(faults).toEqual([]);
});

test('a programme that nobody opened, and one of which nothing is known yet, are said', async () => {
  const page = await signedIn('Claire Fontaine', '/dispositif?dispositif=nulle-part');
  await page.getByRole('alert').getByText('Introuvable').waitFor();
  await accessible(page);
  await openProgramme(field, 'programme-vide');
  await caughtUp(field.api);
  await page.goto(`${field.stack.pagesUrl}/dispositif?dispositif=programme-vide&finalite=essai`);
  await page.getByRole('alert').getByText('Rien n’est encore enregistré').waitFor();
  await accessible(page);
});

test('the first view loads less than 200 kB of compressed script', async () => {
  const html = await (await fetch(field.stack.pagesUrl)).text();
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path = '']) => field.stack.pagesUrl + path);
  expect(scripts).toHaveLength(1);
  for (const script of scripts) {
    const bytes = await compressed(script);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
  }
});

/** How many bytes of it come over the network. */
function compressed(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      expect(answer.headers['content-encoding']).toBe('br');
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
