import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { invitedFirms } from '../invitations/enrolled-firms.js';
import { plannedBetween } from '../workshop/find.js';
import { workshop } from '../workshop/workshop.js';
import { DAYS_BEFORE, dueReminder } from './due.js';

/** The reminders that are due now, each once. */
export async function remindAll({ connection, runner }: ServiceContext): Promise<void> {
  const today = todayInParis(new Date());
  const near = await plannedBetween(connection, today, addDays(today, DAYS_BEFORE[0]));
  for (const { programme, action, workshop: id, plannedOn } of near) {
    const daysBefore = dueReminder(plannedOn, today);
    if (daysBefore === undefined) continue;
    const invited = await invitedFirms(connection, inProgramme(programme, action), plannedOn);
    await runner.run([target(workshop, inProgramme(programme, id), { kind: 'remind', daysBefore, invited, today })]);
  }
}
