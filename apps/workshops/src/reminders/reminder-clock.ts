import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { invitedFirms } from '../invitations/enrolled-firms.js';
import { plannedBetween } from '../workshop/find.js';
import { workshop } from '../workshop/workshop.js';
import { DAYS_BEFORE, dueReminder } from './due.js';

const EVERY_MS = 60 * 60 * 1000;

/** Looks once an hour which workshops come near. Several instances may look: a reminder is due once. */
export class ReminderClock {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(private readonly context: ServiceContext) {}

  async start(): Promise<void> {
    this.#look();
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  #look(): void {
    this.#round = this.#round
      .then(() => remindOf(this.context, todayInParis(new Date())))
      .catch((error: unknown) => {
        this.context.logger.warn({ err: error }, 'reminders could not be looked for; the next round does');
      });
  }
}

/** The reminders that are due on a day, each once. */
export async function remindOf({ connection, runner }: ServiceContext, today: string): Promise<void> {
  const near = await plannedBetween(connection, today, addDays(today, DAYS_BEFORE[0]));
  for (const { programme, action, workshop: id, plannedOn } of near) {
    const daysBefore = dueReminder(plannedOn, today);
    if (daysBefore === undefined) continue;
    const invited = await invitedFirms(connection, inProgramme(programme, action), plannedOn);
    await runner.run([target(workshop, inProgramme(programme, id), { kind: 'remind', daysBefore, invited, today })]);
  }
}
