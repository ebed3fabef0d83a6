import { expect, test } from '@jest/globals';
import { readContracts } from './contracts.js';
import { eventPage, pageOf } from './event-page.js';
import { filesOf, groupsOf, pagesOf } from './pages.js';

const contracts = readContracts();
const find = (type: string) => {
  const event = contracts.bundle.events.find((e) => e.type === type);
  if (!event) throw new Error(type);
  return event;
};

test('every event has a page in both languages, and stands in one group', () => {
  const pages = pagesOf(contracts);
  const grouped = groupsOf(contracts).flatMap(([, events]) => events);
  expect(grouped).toHaveLength(contracts.bundle.events.length);
  for (const event of contracts.bundle.events) {
    expect(pages.has(`${pageOf(event)}.md`)).toBe(true);
    expect(pages.has(`en/${pageOf(event)}.md`)).toBe(true);
  }
});

test('a page says who sends it, who reads it, since when, what it holds, and how it looks', () => {
  const page = eventPage('fr', contracts, find('fr.gpect.partner.firm-detection-sent.v1'));
  for (const said of [
    "# Repérage d'entreprise envoyé",
    'Un partenaire nomme une entreprise',
    '| **Envoyé par** | partenaires agissant comme `partner`, `carrier` |',
    '| **Lu par** | service `enrolment` |',
    '| **Depuis** | 1.1.0 |',
    '| <code v-pre>/siret</code> |',
    '| obligatoire | SIRET',
    '"source": "MAISON_EMPLOI"',
    '- **1.1.0**: ajouté',
  ])
    expect(page).toContain(said);
  const forwarded = eventPage('en', contracts, find('fr.gpect.enrolment.firm-enrolled.v1'));
  expect(forwarded).toContain('| **Sent by** | service `enrolment` |');
  expect(forwarded).toContain('partners : carriers of the action, who detects firms for the action |');
  for (const reader of ['consulting', 'evaluation', 'reporting']) expect(forwarded).toContain(`service \`${reader}\``);
});

test('a version that ends says so, and where its successor is', () => {
  const page = eventPage('fr', contracts, find('fr.gpect.enrolment.firm-contacted.v1'));
  expect(page).toContain('Cette version finit le 2027-11-30.');
  expect(page).toContain('[firm-contacted.v2](/events/enrolment/firm-contacted-v2)');
  expect(page).toContain('- **prochaine version**: fin annoncée');
});

test('a field that came later stands in the history', () => {
  expect(eventPage('en', contracts, find('fr.gpect.enrolment.firm-detected.v1'))).toMatch(
    /\*\*1\.1\.0\*\*: new fields: .*`\/detectedBy`/,
  );
});

test('files: a schema for each event, AsyncAPI and the gateway in both languages', () => {
  const files = filesOf(contracts);
  expect([...files.keys()].filter((path) => path.startsWith('schemas/'))).toHaveLength(contracts.bundle.events.length);
  expect(files.get('asyncapi.fr.json')).toContain("Un partenaire a repéré une entreprise que l'action pourrait aider.");
  expect(files.get('openapi/partner-gateway.fr.json')).toContain('Passerelle des partenaires');
  expect(files.get('openapi/partner-gateway.en.json')).toContain('Partner gateway');
});
