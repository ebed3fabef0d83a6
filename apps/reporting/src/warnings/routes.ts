import { valuesOf } from '@gpect/contracts/event-contracts';
import type { components } from '@gpect/contracts/generated/api-reporting';
import { addDays, todayInParis } from '@gpect/domain-values/calendar';
import { latePhases } from '@gpect/domain-values/phase-plan';
import { own } from '@gpect/domain-values/records';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { ActionDocument } from '../read-model/documents.js';
import { requireProgramme } from '../read-model/programmes.js';
import { readModelOf } from '../read-model/store.js';

type Warnings = components['schemas']['Warnings'];

const IDLE_DAYS = 60;
const BUDGET_SHARE = 0.8;
const SILENT_DAYS = 180;
const LISTED = 1000;
const PHASES = valuesOf('Phase');

/** What needs somebody's attention on a day, before it is too late. */
export function warningRoutes({ connection }: ServiceContext) {
  return {
    'GET /warnings': async ({ query: { programme, action, carrier, on } }, response) => {
      await requireProgramme(connection, programme);
      const today = on ?? todayInParis(new Date());
      const actions = await readModelOf(connection, 'actions')
        .find({ programme, ...(action ? { action } : {}), ...(carrier ? { 'carriers.code': carrier } : {}) })
        .sort({ _id: 1 })
        .lean();
      const within = action || carrier ? { action: { $in: actions.map((a) => a.action) } } : {};
      const firms = readModelOf(connection, 'firms');
      const [idle, budgets] = await Promise.all([
        firms
          .find({ idleSince: { $lt: addDays(today, -IDLE_DAYS) }, programme, ...within })
          .sort({ idleSince: 1, _id: 1 })
          .limit(LISTED)
          .lean(),
        firms
          .find({ budgetUse: { $gte: BUDGET_SHARE }, programme, ...within })
          .sort({ budgetUse: -1, _id: 1 })
          .limit(LISTED)
          .lean(),
      ]);
      const firm = (f: (typeof idle)[number]) => ({ siret: f.siret, name: f.name ?? f.siret, action: f.action ?? '' });
      const warnings: Warnings = {
        on: today,
        idleFirms: idle.map((f) => ({ ...firm(f), since: f.idleSince ?? '' })),
        budgets: budgets.map((f) => ({ ...firm(f), planned: f.budget ?? 0, share: f.budgetUse ?? 0 })),
        lateActions: actions.flatMap((a) =>
          latePhases(PHASES, a.plan ?? [], a.phasesStarted ?? {}, today).map((phase) => ({ action: a.action, phase })),
        ),
        silentPartners: actions.flatMap((a) => silentIn(a, today)),
      };
      response.json(warnings);
    },
  } satisfies Partial<OwnRoutes<'reporting'>>;
}

function silentIn({ action, partners = {}, seen = {} }: ActionDocument, today: string): Warnings['silentPartners'] {
  return Object.entries(partners).flatMap(([partner, { name = partner, since = '', left }]) => {
    const last = own(seen, partner) ?? since;
    return !left && last < addDays(today, -SILENT_DAYS) ? [{ action, partner, name, since: last }] : [];
  });
}
