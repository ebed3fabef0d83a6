import { sessions } from '../facts/keepers/sessions.js';
import { DAY, type Figure } from './figure.js';

export const figure: Figure = {
  id: 'halfDays',
  place: 120,
  group: 'delivery',
  labelFr: 'Demi-journées de conseil',
  labelEn: 'Half-days of consulting',
  definitionFr: 'Somme des demi-journées de ces séances.',
  definitionEn: 'Sum of the half-days of those sessions.',
  formula: 'sum(session-recorded.halfDays)',
  unit: 'half-day',
  countsBy: DAY.session,
  keeps: [sessions],
  isCount: true,
  facts: ({ sessions: held }) => held.map(({ on, halfDays, theme }) => ['halfDays', on, halfDays, theme]),
};
