import type { Values } from '@gpect/contracts/generated/events';

const THEMES: Readonly<Record<Values['Theme'], string>> = {
  strategy: 'Stratégie',
  work_organisation: 'Organisation du travail',
  skills: 'Compétences',
  management: 'Management',
  training_plan: 'Plan de formation',
  career_paths: 'Parcours professionnels',
  working_conditions: 'Conditions de travail',
  wear_prevention: "Prévention de l'usure professionnelle",
};

/** How a theme is called on what participants read. */
export function themeInFrench(theme: Values['Theme']): string {
  return THEMES[theme];
}
