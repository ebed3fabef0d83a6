import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { own } from '@gpect/domain-values/records';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Decision = DecisionOf<'consulting/assignment'>;

type Keys = 'programme' | 'action' | 'basin' | 'siret';
type Agreed = Omit<EventDataByType['fr.gpect.consulting.action-plan-agreed.v1'], Keys>;
type Progressed = Omit<EventDataByType['fr.gpect.consulting.action-plan-item-progressed.v1'], Keys>;
type PlanItem = Agreed['items'][number];

/** A firm's action plan, with the last that was said of each item. Source: bilan 2007-2013, section 4. */
export interface ActionPlan {
  readonly version: number;
  readonly agreedOn: CalendarDate;
  readonly items: readonly PlanItem[];
  readonly progress: Readonly<Record<string, Omit<Progressed, 'item' | 'theme'>>>;
}

export type PlanCommand =
  | {
      readonly kind: 'agree-plan';
      readonly agreedOn: CalendarDate;
      readonly items: readonly PlanItem[];
      readonly today: CalendarDate;
    }
  | {
      readonly kind: 'progress-item';
      readonly item: string;
      readonly said: Omit<Progressed, 'item' | 'theme'>;
      readonly today: CalendarDate;
    };

/** What these decisions look at of an assignment. */
interface Planned {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  readonly enrolledOn: CalendarDate;
  readonly plan?: ActionPlan;
}

/** A new version keeps what was said of the items that it keeps; progress is said of items that are in the plan. */
export function decidePlan(command: PlanCommand, state: Planned): Decision {
  const { programme, action, basin, siret, enrolledOn, plan } = state;
  const keys = { programme, action, basin, siret };
  if (command.kind === 'agree-plan') {
    const { agreedOn, items, today } = command;
    if (plan && plan.agreedOn === agreedOn && isDeepStrictEqual([...plan.items], [...items])) return ok([]);
    if (agreedOn > today) return fail(inFuture('agreedOn', agreedOn, 'record a plan once it is agreed'));
    if (agreedOn < enrolledOn) return fail(tooEarly('agreedOn', agreedOn, `the agreement of ${enrolledOn}`));
    if (new Set(items.map((i) => i.item)).size < items.length)
      return fail({
        code: 'item_twice',
        kind: 'rule',
        field: 'items',
        detail: 'an item is named twice; name each once',
      });
    return ok([
      {
        type: 'fr.gpect.consulting.action-plan-agreed.v1',
        data: { ...keys, agreedOn, version: (plan?.version ?? 0) + 1, items: [...items] },
      },
    ]);
  }
  const { item, said, today } = command;
  const planned = plan?.items.find((i) => i.item === item);
  if (!plan || !planned)
    return fail({
      code: 'item_unknown',
      kind: 'unknown',
      field: 'item',
      value: item,
      detail: plan ? `the plan has ${plan.items.map((i) => i.item).join(', ')}` : 'the firm has agreed on no plan yet',
    });
  if (isDeepStrictEqual({ ...own(plan.progress, item) }, { ...said })) return ok([]);
  if (said.on > today) return fail(inFuture('on', said.on, 'say what has become of it'));
  if (said.on < plan.agreedOn) return fail(tooEarly('on', said.on, `the plan of ${plan.agreedOn}`));
  if (said.status === 'DONE' && said.progress !== 100)
    return fail({ code: 'done_in_part', kind: 'rule', field: 'progress', detail: 'what is done is done to 100 %' });
  return ok([
    {
      type: 'fr.gpect.consulting.action-plan-item-progressed.v1',
      data: { ...keys, item, theme: planned.theme, ...said },
    },
  ]);
}

/** The items as they stand on a day; late is what is neither done nor dropped after its due date. */
export function shownPlan({ version, agreedOn, items, progress }: ActionPlan, today: CalendarDate) {
  return {
    version,
    agreedOn,
    items: items.map((item) => {
      const said = own(progress, item.item);
      return { ...item, ...said, late: item.dueOn < today && said?.status !== 'DONE' && said?.status !== 'DROPPED' };
    }),
  };
}
