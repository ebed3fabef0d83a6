import { type Actor, Refused } from '@gpect/programme/api-client';
import { until } from '@gpect/test-kit/until';
import { expect, test } from '@jest/globals';
import { ASSIGNMENT, CASE, carrier, consultant, FIRM, NEIGHBOUR, PROGRAMME, region, type Tale } from './tale.js';

/** Phase 3: consulting in the firm, and in parallel workshops of its managers. */
export function consulting({ does, reads, warnings, newsArrived }: Tale): void {
  test('A consultant is proposed with reasons; the chamber decides, and gives a budget of half-days', async () => {
    await newsArrived();
    expect(await reads(carrier, 'consulting', `${ASSIGNMENT}/proposal`)).toMatchObject({
      candidates: [{ consultant: 'c-martin' }],
    });
    await does(carrier, 'consulting', `${ASSIGNMENT}/staffing`, { consultant: 'c-martin' });
    await does(carrier, 'consulting', `${ASSIGNMENT}/budget`, { halfDays: 5 });
  });

  test('The consultant works with everybody in the firm, stage by stage; what was wrong is corrected with its trace', async () => {
    const held = (session: string, heldOn: string, stage: string, halfDays: number) =>
      does(consultant, 'consulting', `${ASSIGNMENT}/sessions`, {
        session,
        consultant: 'c-martin',
        heldOn,
        halfDays,
        stage,
        theme: 'skills',
        participants: ['MANAGER', 'EMPLOYEES'],
      });
    await held('S1', '2010-10-12', 'PRE_DIAGNOSTIC', 3);
    await held('S2', '2010-11-02', 'ACTION_PLAN', 1);
    await held('S3', '2010-11-03', 'ACTION_PLAN', 1);
    await does(consultant, 'consulting', `${ASSIGNMENT}/sessions/S3/cancellation`, { reason: 'Saisie deux fois' });
    await does(consultant, 'consulting', `${ASSIGNMENT}/sessions/S1/correction`, {
      consultant: 'c-martin',
      heldOn: '2010-10-12',
      halfDays: 3,
      stage: 'PRE_DIAGNOSTIC',
      theme: 'skills',
      participants: ['MANAGER', 'SUPERVISORS', 'EMPLOYEES'],
      reason: "L'encadrement était là",
    });
    await does(consultant, 'consulting', `${ASSIGNMENT}/deliverables`, {
      deliverable: 'L1',
      stage: 'PRE_DIAGNOSTIC',
      title: 'Rapport de pré-diagnostic',
      handedOverOn: '2010-10-20',
      to: ['MANAGER', 'EMPLOYEES'],
    });
  });

  test('An action plan is agreed with the employees, and progresses', async () => {
    await does(consultant, 'consulting', `${ASSIGNMENT}/plan`, {
      agreedOn: '2010-11-02',
      items: [{ item: 'p1', theme: 'skills', title: 'Référentiel', owner: "Chef d'atelier", dueOn: '2011-03-31' }],
    });
    await does(consultant, 'consulting', `${ASSIGNMENT}/plan/p1/progress`, {
      status: 'DONE',
      progress: 100,
      on: '2011-03-20',
      outcome: 'Référentiel en usage',
    });
    expect(await reads(consultant, 'consulting', ASSIGNMENT)).toMatchObject({
      budget: { planned: 5, consumed: 4, overrun: 0 },
      plan: { version: 1, items: [{ item: 'p1', status: 'DONE', late: false }] },
      sessions: [{ session: 'S1', participants: ['MANAGER', 'SUPERVISORS', 'EMPLOYEES'] }, { session: 'S2' }],
    });
  });

  test('The managers build their programme of workshops; one comes, gives feedback', async () => {
    const built = `/workshop-programmes/${PROGRAMME}/arras`;
    await does(carrier, 'workshops', `${built}/proposals`, {
      proposal: 'A1',
      title: 'Préparer les départs',
      theme: 'career_paths',
      siret: FIRM.siret,
      proposedOn: '2010-10-15',
    });
    for (const { siret } of [FIRM, NEIGHBOUR])
      await does(carrier, 'workshops', `${built}/proposals/A1/votes`, { siret, votedOn: '2010-10-16' });
    await does(carrier, 'workshops', `${built}/versions`, {
      agreedOn: '2010-10-18',
      agreedBy: [FIRM.siret, NEIGHBOUR.siret],
      items: [{ proposal: 'A1', month: '2010-11' }],
    });
    await does(carrier, 'workshops', '/workshops', {
      programme: PROGRAMME,
      action: 'arras',
      workshop: 'W1',
      title: 'Préparer les départs',
      plannedOn: '2010-11-16',
      theme: 'career_paths',
      capacity: 12,
      proposal: 'A1',
    });
    await does(carrier, 'workshops', `/workshops/${PROGRAMME}/W1/participants`, {
      person: 'petit',
      name: 'M. Petit',
      audience: 'MANAGERS',
      siret: FIRM.siret,
      registeredOn: '2010-11-02',
    });
    await does(carrier, 'workshops', `/workshops/${PROGRAMME}/W1/persons`, { person: 'petit', attendance: 'PRESENT' });
    await does(carrier, 'workshops', `/workshops/${PROGRAMME}/W1/feedback`, {
      person: 'petit',
      satisfaction: 5,
      usefulness: 4,
      comment: 'On se sent moins seul',
      givenOn: '2010-11-17',
    });
  });

  test('Consultants of the region exchange their practices', async () => {
    await does(region, 'consulting', `/animation/${PROGRAMME}/exchanges`, {
      exchange: 'E1',
      heldOn: '2010-12-02',
      title: "Mobiliser l'encadrement",
      consultants: ['c-martin'],
    });
  });

  test('Another consultant, another carrier, see nothing of it', async () => {
    const stranger: Actor = { roles: ['consultant'], consultant: 'c-autre' };
    await expect(reads(stranger, 'consulting', ASSIGNMENT)).rejects.toBeInstanceOf(Refused);
    const elsewhere: Actor = { roles: ['carrier'], carrier: 'cci-autre' };
    await expect(reads(elsewhere, 'enrolment', CASE)).rejects.toBeInstanceOf(Refused);
  });

  test('The committee is warned: nothing has happened in the firm for two months, its half-days are nearly spent', async () => {
    await newsArrived();
    const seen = await until(
      () => warnings('2011-02-01'),
      (w) => (w['budgets'] ?? []).length > 0,
    );
    expect(seen).toMatchObject({
      idleFirms: expect.arrayContaining([expect.objectContaining({ siret: FIRM.siret, since: '2010-11-02' })]),
      budgets: [{ siret: FIRM.siret, planned: 5, share: 0.8 }],
    });
    expect(JSON.stringify((await warnings('2011-01-01'))['idleFirms'])).not.toContain(FIRM.siret);
  });

  test('A suspended firm is not idle, and goes on where it was', async () => {
    const idle = (w: Record<string, object[]>) => JSON.stringify(w['idleFirms']).includes(FIRM.siret);
    await does(carrier, 'enrolment', `${CASE}/suspension`, {
      suspendedOn: '2011-02-02',
      wakeUpOn: '2011-04-01',
      reason: 'Changement de dirigeant',
    });
    await newsArrived();
    await until(
      () => warnings('2011-06-01'),
      (w) => !idle(w),
    );
    await does(carrier, 'enrolment', `${CASE}/resumption`, { resumedOn: '2011-04-04' });
    await newsArrived();
    await until(() => warnings('2011-06-01'), idle);
  });
}
