import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { firmChange } from '../change.js';
import { keeper } from '../keeper.js';

/** Items of the action plans of firms, with what became of them. */
export const plans = keeper('plans', {
  'fr.gpect.consulting.action-plan-agreed.v1': ({ data }) => [
    firmChange(
      data,
      Object.fromEntries(data.items.map(({ item }) => [`plan.${fieldName(item)}.agreedOn`, data.agreedOn])),
    ),
  ],
  'fr.gpect.consulting.action-plan-item-progressed.v1': ({ data }) => [
    firmChange(data, {
      [`plan.${fieldName(data.item)}.status`]: data.status,
      [`plan.${fieldName(data.item)}.on`]: data.on,
    }),
  ],
});

/** What the items are about. */
export const planThemes = keeper('plan-themes', {
  'fr.gpect.consulting.action-plan-agreed.v1': ({ data }) => [
    firmChange(data, Object.fromEntries(data.items.map(({ item, theme }) => [`plan.${fieldName(item)}.theme`, theme]))),
  ],
});
