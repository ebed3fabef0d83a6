import { readPdf } from '@gpect/test-kit/read-pdf';
import { expect, test } from '@jest/globals';
import { madeBilan, NAMES } from '../../test/bilan.js';
import type { Bilan } from '../bilan/shape.js';
import { bilanDocument } from './documents.js';

const NOW = new Date('2026-12-01T08:00:00Z');

/** In each list of a bilan a number, or a text, that stands nowhere else. */
const LISTED: Partial<Bilan> = {
  cuts: {
    theme: { skills: { sessions: 70011, halfDays: 70012, workshops: 70013 } },
    wave: { '2008': { detected: 70021 }, '2009': { detected: 70022 } },
    region: { '32': { detected: 70031 }, '28': { detected: 70032 } },
  } as Bilan['cuts'],
  origins: [
    { origin: 'OPCA', detected: 70041, qualified: 1, enrolled: 1, accompanied: 1, enrolledShare: 0.5 },
  ] as Bilan['origins'],
  objectives: [
    { action: 'a', targetFirms: 70051, detected: 1, enrolled: 1, accompanied: 1 },
    { action: 'b', targetFirms: 70052, detected: 1, enrolled: 1, accompanied: 1 },
  ] as Bilan['objectives'],
  phases: [{ action: 'a', phase: 'BUILDING', plannedDays: 70061 }] as Bilan['phases'],
  projects: [{ call: 'c', project: 'p', name: 'Projet 70071' }] as Bilan['projects'],
  decisionsOutstanding: [
    { action: 'a', meeting: 'm', decision: 'd', text: 'Décision 70081', heldOn: '2010-02-01' },
  ] as Bilan['decisionsOutstanding'],
};
const MARKS = [70011, 70012, 70013, 70021, 70022, 70031, 70032, 70041, 70051, 70052, 70061, 70071, 70081].map(String);

test('what stands in a list of the bilan stands in the report and in the tables', async () => {
  const bilan = { ...madeBilan(), ...LISTED };
  const csv = (await bilanDocument('csv', bilan, NAMES, 'fr', NOW)).toString('utf8');
  const { all } = await readPdf(await bilanDocument('pdf', bilan, NAMES, 'fr', NOW));
  for (const mark of MARKS) {
    expect(csv).toContain(mark);
    expect(all.replace(/(\d) (?=\d{3})/g, '$1')).toContain(mark);
  }
});

test('that an estimate is incomplete stands beneath each that is, on the drawing of the survey and on the cover', async () => {
  const bilan = madeBilan();
  const incomplete = bilan.estimates.filter(({ status }) => status === 'INCOMPLETE');
  expect(incomplete.length).toBeGreaterThan(0);
  const [one] = incomplete;
  if (!one) throw new Error('one of them is incomplete');
  const twice = { ...bilan, estimates: [...bilan.estimates, { ...one, id: 'again', labelFr: 'Une autre' }] };
  const { all, pages } = await readPdf(await bilanDocument('pdf', twice, NAMES, 'fr', NOW));
  expect(all.split('Incomplet : ').length - 1).toBe(incomplete.length + 1);
  if (one.id === 'spendChange') expect(pages[0]?.text).toContain('estimation incomplète');
});
