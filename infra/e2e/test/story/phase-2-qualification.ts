import { expect, test } from '@jest/globals';
import { ACTION, CASE, carrier, employmentHouse, FIRM, NEIGHBOUR, PROGRAMME, type Tale } from './tale.js';

const SCORES = { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 };
const of = (firm: typeof FIRM | typeof NEIGHBOUR) => ({
  ...firm,
  programme: PROGRAMME,
  action: 'arras',
  basin: 'artois-ternois',
  naf: '25.62B',
  headcount: 41,
  detectedOn: '2010-05-03',
});

/** Phase 2: firms are detected and qualified, and the action looks at the territory they are in. */
export function qualification({ does, reads }: Tale): void {
  test('The employment house detects a firm; detected again by the chamber, it stays one case', async () => {
    await does(employmentHouse, 'enrolment', '/firms', {
      ...of(FIRM),
      source: 'MAISON_EMPLOI',
      detectedBy: 'mde-arras',
      note: 'Le dirigeant cherche un second',
    });
    await does(carrier, 'enrolment', '/firms', { ...of(FIRM), detectedOn: '2010-05-07', source: 'PORTEUR' });
    expect(await reads(carrier, 'enrolment', CASE)).toMatchObject({ detectedBy: 'mde-arras', status: 'DETECTED' });
  });

  test('It is called, asks for time, wakes up, is qualified with reasons, and signs', async () => {
    const contact = { contact: '1', on: '2010-05-10', by: 'CCI', means: 'CALL', outcome: 'INTERESTED' };
    await does(carrier, 'enrolment', `${CASE}/contacts`, contact);
    await does(carrier, 'enrolment', `${CASE}/deferral`, {
      deferredOn: '2010-05-12',
      wakeUpOn: '2010-09-01',
      reason: 'Saison haute',
    });
    expect(await reads(carrier, 'enrolment', CASE)).toMatchObject({
      status: 'DEFERRED',
      wakeUpOn: '2010-09-01',
      due: true,
    });
    await does(carrier, 'enrolment', `${CASE}/resumption`, { resumedOn: '2010-09-02' });
    await does(carrier, 'enrolment', `${CASE}/qualification`, {
      scores: SCORES,
      justifications: { manager_commitment: 'Le dirigeant vient aux réunions' },
      qualifiedOn: '2010-09-10',
    });
    await does(carrier, 'enrolment', `${CASE}/agreement`, {
      signedOn: '2010-10-01',
      signatories: [{ name: 'M. Petit', for: 'FIRM', signedOn: '2010-10-01' }],
    });
    expect(await reads(carrier, 'enrolment', CASE)).toMatchObject({
      status: 'ENROLLED',
      moves: [
        { move: 'DEFERRED', reason: 'Saison haute' },
        { move: 'RESUMED', on: '2010-09-02' },
      ],
      signatories: [{ name: 'M. Petit' }],
    });
  });

  test('A neighbour signs too', async () => {
    const at = `/firms/${PROGRAMME}/${NEIGHBOUR.siret}`;
    await does(carrier, 'enrolment', '/firms', { ...of(NEIGHBOUR), source: 'PORTEUR' });
    await does(carrier, 'enrolment', `${at}/qualification`, { scores: SCORES, qualifiedOn: '2010-09-10' });
    await does(carrier, 'enrolment', `${at}/agreement`, { signedOn: '2010-10-04' });
  });

  test('The territorial diagnostic: sources, what is special here, issues of the firms, and a vision', async () => {
    const diagnostic = `${ACTION}/diagnostic`;
    await does(carrier, 'enrolment', `${diagnostic}/sources`, {
      source: '1',
      title: "Diagnostic du bassin d'emploi",
      by: "Maison de l'emploi",
    });
    await does(carrier, 'enrolment', `${diagnostic}/specificities`, {
      specificity: '1',
      basin: 'artois-ternois',
      description: 'Des départs en retraite nombreux dans la mécanique',
      sources: ['1'],
    });
    for (const { siret } of [FIRM, NEIGHBOUR])
      await does(carrier, 'enrolment', `${diagnostic}/issues`, { siret, theme: 'career_paths', notedOn: '2010-10-05' });
    await does(carrier, 'enrolment', `${diagnostic}/visions`, {
      adoptedOn: '2010-10-12',
      vision: 'Transmettre les savoir-faire avant les départs',
    });
    expect(await reads(carrier, 'enrolment', diagnostic)).toMatchObject({
      visions: [{ version: 1, firms: 2, issues: [{ theme: 'career_paths', firms: 2 }] }],
    });
  });
}
