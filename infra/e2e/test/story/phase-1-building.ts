import { Refused } from '@gpect/programme/api-client';
import { expect, test } from '@jest/globals';
import { sampleAs } from '../harness.js';
import { ACTION, carrier, PROGRAMME, region, state, type Tale } from './tale.js';

/** Phase 1: the State and the Region choose a project, its partners build the action. */
export function building({ does, reads, warnings, newsArrived }: Tale): void {
  const call = `/calls/${PROGRAMME}/2010`;

  test('The State and the Region open a programme, and call for projects with a criterion of innovation', async () => {
    const { rules, basins } = sampleAs(PROGRAMME);
    await does(state, 'enrolment', '/programmes', { ...rules, basins });
    await does(region, 'enrolment', '/calls', {
      programme: PROGRAMME,
      call: '2010',
      title: 'GPEC territoriale 2010',
      opensOn: '2010-01-04',
      closesOn: '2010-03-01',
      criteria: [
        { criterion: 'partenariat', label: 'Partenariat local', weight: 3, innovation: false },
        { criterion: 'innovation', label: "Pratiques d'innovation", weight: 2, innovation: true },
      ],
    });
  });

  test('The chamber applies; its project is scored, and both funders decide with their reasons', async () => {
    await does(carrier, 'enrolment', `${call}/projects`, {
      project: 'arras',
      name: 'GPEC Arras',
      applicants: [{ code: 'cci-artois', name: 'CCI Artois' }],
      basins: ['artois-ternois'],
      targetFirms: 32,
      summary: 'Accompagner 32 entreprises avec la maison de l’emploi',
      submittedOn: '2010-02-15',
    });
    await does(region, 'enrolment', `${call}/projects/arras/scores`, {
      scoredBy: 'Région',
      scoredOn: '2010-03-08',
      scores: { partenariat: 4, innovation: 3 },
    });
    const decided = { decision: 'ACCEPTED', decidedOn: '2010-03-15', reasons: ['Partenariat solide'] };
    await does(state, 'enrolment', `${call}/projects/arras/decision`, { ...decided, decidedFor: 'STATE' });
    await expect(
      does(carrier, 'enrolment', `${call}/projects/arras/decision`, { ...decided, decidedFor: 'REGION' }),
    ).rejects.toBeInstanceOf(Refused);
    await does(region, 'enrolment', `${call}/projects/arras/decision`, { ...decided, decidedFor: 'REGION' });
  });

  test('The action is launched from the project that was accepted, with a plan, partners and a first committee', async () => {
    await does(carrier, 'enrolment', '/collective-actions', {
      programme: PROGRAMME,
      code: 'arras',
      call: '2010',
      project: 'arras',
      name: 'Arras',
      basins: ['artois-ternois'],
      startsOn: '2010-04-06',
      durationMonths: 18,
      targetFirms: 32,
      carriers: [{ code: 'cci-artois', name: 'CCI Artois' }],
    });
    await does(carrier, 'enrolment', `${ACTION}/plan`, {
      phases: [
        { phase: 'BUILDING', startsOn: '2010-04-06', endsOn: '2010-05-31' },
        { phase: 'QUALIFICATION', startsOn: '2010-06-01', endsOn: '2010-09-30' },
      ],
    });
    await does(carrier, 'enrolment', `${ACTION}/phases`, { phase: 'BUILDING', startedOn: '2010-04-06' });
    await does(carrier, 'enrolment', `${ACTION}/partners`, {
      partner: 'mde-arras',
      name: "Maison de l'emploi d'Arras",
      kind: 'EMPLOYMENT_HOUSE',
      roles: ['CO_PILOT', 'DETECTION'],
      since: '2010-04-06',
    });
    await does(carrier, 'enrolment', `${ACTION}/meetings`, {
      meeting: '1',
      heldOn: '2010-04-20',
      attendees: ['cci-artois', 'mde-arras'],
      decisions: [{ decision: '1', text: 'Relancer les branches', owner: 'CCI', dueOn: '2010-05-20' }],
    });
    await does(carrier, 'enrolment', `${ACTION}/meetings/1/decisions/1/follow-up`, {
      status: 'DONE',
      on: '2010-05-18',
    });
    expect(await reads(carrier, 'enrolment', ACTION)).toMatchObject({
      phases: [{ phase: 'BUILDING', startedOn: '2010-04-06', endsOn: '2010-05-31' }, {}, {}, {}],
      partners: [{ partner: 'mde-arras' }],
      meetings: [{ decisions: [{ followUps: [{ status: 'DONE' }] }] }],
    });
  });

  test('The Region registers consultants, who sign the charter and share a framework', async () => {
    await does(region, 'consulting', '/consultants-firms', {
      programme: PROGRAMME,
      consultantsFirm: 'cabinet-martin',
      name: 'Cabinet Martin',
      registeredOn: '2010-04-12',
    });
    await does(region, 'consulting', '/consultants', {
      programme: PROGRAMME,
      consultant: 'c-martin',
      consultantsFirm: 'cabinet-martin',
      name: 'P. Martin',
      themes: ['skills', 'management'],
      basins: ['artois-ternois'],
      capacityHalfDays: 40,
      registeredOn: '2010-04-12',
    });
    await does(region, 'consulting', `/consultants/${PROGRAMME}/c-martin/charter`, {
      charter: 'charte-2010',
      signedOn: '2010-04-13',
    });
    await does(region, 'consulting', `/animation/${PROGRAMME}/frameworks`, {
      title: "Cadre commun d'animation",
      publishedOn: '2010-04-14',
      contents: 'Quatre étapes, un livrable par étape',
    });
  });

  test('The committee is warned that the next phase has not begun, and that a partner is no longer seen', async () => {
    await newsArrived();
    expect(await warnings('2010-05-31')).toMatchObject({ lateActions: [], silentPartners: [] });
    expect(await warnings('2010-11-01')).toMatchObject({
      lateActions: [
        { action: 'arras', phase: 'BUILDING' },
        { action: 'arras', phase: 'QUALIFICATION' },
      ],
      silentPartners: [{ partner: 'mde-arras', since: '2010-04-20' }],
    });
  });
}
