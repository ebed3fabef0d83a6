import { detection, merges } from '../facts/keepers/firms.js';
import { DAY, type Figure } from './figure.js';
import { once } from './path.js';

export const figure: Figure = {
  id: 'detected',
  place: 10,
  group: 'reach',
  labelFr: 'Entreprises détectées',
  labelEn: 'Firms detected',
  definitionFr: 'Établissements repérés pour le dispositif par un partenaire ; chaque SIRET compte une fois.',
  definitionEn: 'Establishments that a partner detected in the programme, each SIRET once.',
  formula: 'count(firm-detected)',
  unit: 'firm',
  countsBy: DAY.detection,
  keeps: [detection, merges],
  isCount: true,
  facts: ({ firm }) => once('detected', firm, firm.detectedOn),
  sums: [{ total: 'detected', parts: ['ineligible', 'notMature', 'qualified'] }],
};
