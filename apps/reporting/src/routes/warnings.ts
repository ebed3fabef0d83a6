import { valuesOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-reporting';
import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import { latePhases } from '@gpect/domain-values/phase-plan';
import { own } from '@gpect/domain-values/records';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type mongoose from 'mongoose';
import { answering } from '../answers/answers.js';
import { dayNumber, dayOfNumber } from '../cube/schema.js';
import type { ActionDocument, FirmDocument } from '../facts/documents.js';
import { readModelOf } from '../facts/store.js';
import type { Feed } from '../feed/feed.js';
import { requireProgramme } from '../programmes/programmes.js';
import { ofOwnFirms } from '../secrecy/disclosed.js';

type Warnings = components['schemas']['Warnings'];

const IDLE_DAYS = 60;
const BUDGET_SHARE = 0.8;
const SILENT_DAYS = 180;
const LISTED = 1000;
const PHASES = valuesOf('Phase');

/** What needs somebody's attention on a day, before it is too late. */
export function warningRoutes({ connection }: ServiceContext, feed: Feed) {
  return answering<'GET /warnings'>({
    'GET /warnings': async ({ query: { programme, action, carrier, on } }) => {
      await requireProgramme(connection, programme);
      const today = on ?? todayInParis(new Date());
      const actions = await readModelOf(connection, 'actions')
        .find({ programme, ...(action ? { action } : {}), ...(carrier ? { 'carriers.code': carrier } : {}) })
        .sort({ _id: 1 })
        .lean();
      const codes = action || carrier ? actions.map((a) => a.action) : undefined;
      const before = dayNumber(addDays(today, -IDLE_DAYS));
      const key = JSON.stringify(['warnings', programme, before, codes]);
      const { idle, budgets } = await feed.answer(key, async ({ cube }) => ({
        idle: await named(connection, await cube.marked(programme, 'idleSince', { below: before }, codes, LISTED)),
        budgets: await named(
          connection,
          await cube.marked(programme, 'budgetUse', { least: BUDGET_SHARE }, codes, LISTED),
        ),
      }));
      const firm = ({ siret, name, action: of }: FirmDocument) => ({ siret, name: name ?? siret, action: of ?? '' });
      const warnings: Warnings = {
        on: today,
        idleFirms: idle.map(([f, day]) => ({ ...firm(f), since: dayOfNumber(day) })),
        budgets: budgets.map(([f, share]) => ({ ...firm(f), planned: f.budget ?? 0, share })),
        lateActions: actions.flatMap((a) =>
          latePhases(PHASES, a.plan ?? [], a.phasesStarted ?? {}, today).map((phase) => ({ action: a.action, phase })),
        ),
        silentPartners: actions.flatMap((a) => silentIn(a, today)),
      };
      return ofOwnFirms(warnings);
    },
  });
}

/** The firms of marks, in their order. */
async function named(
  connection: mongoose.Connection,
  marked: readonly { readonly id: string; readonly value: number }[],
): Promise<[FirmDocument, number][]> {
  const found = await readModelOf(connection, 'firms')
    .find({ _id: { $in: marked.map(({ id }) => id) } })
    .lean();
  const byId = new Map(found.map((f) => [f._id, f]));
  return marked.flatMap(({ id, value }) => {
    const firm = byId.get(id);
    return firm ? [[firm, value] as [FirmDocument, number]] : [];
  });
}

function silentIn({ action, partners = {}, seen = {} }: ActionDocument, today: string): Warnings['silentPartners'] {
  return Object.entries(partners).flatMap(([partner, { name = partner, since = '', left }]) => {
    const last = own(seen, partner) ?? since;
    return !left && last < addDays(today, -SILENT_DAYS) ? [{ action, partner, name, since: last }] : [];
  });
}
