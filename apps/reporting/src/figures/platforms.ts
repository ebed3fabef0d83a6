import type { PlatformLife } from '../facts/documents.js';
import { ALWAYS, type Fact } from '../facts/fact.js';
import { platformLives } from '../facts/keepers/territory.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'platforms',
  place: 310,
  group: 'territory',
  labelFr: "Plateformes d'appui aux mutations économiques, par action",
  labelEn: 'Lasting platforms, by action',
  definitionFr:
    "Plateformes que chaque action a établies : actives, ou disparues d'après le dernier constat. C'est une somme sur les actions, non un nombre de plateformes : celle que deux actions nomment compte deux fois. La liste des plateformes (`platforms`) donne chacune une fois, avec son histoire.",
  definitionEn:
    'Platforms that each action established: alive, or ended by what was last seen. It is a sum over actions, and no number of platforms: one that two actions name counts twice. The list of platforms (`platforms`) gives each once, with its life.',
  formula: 'count(platform-established) by action, by the last platform-reviewed',
  unit: 'platform of an action',
  countsBy: 'the day of the establishment, or on which the action starts where none was given; the day of the review',
  keeps: [platformLives],
  isCount: false,
  factsOf: {
    actions: ({ platformLives: lives = {}, startsOn = ALWAYS }) =>
      Object.values(lives).flatMap((life) => factsOfLife(life, startsOn)),
  },
};

function factsOfLife({ establishedOn, seen = {} }: PlatformLife, atLeast: string): Fact[] {
  const since = establishedOn || atLeast;
  const facts: Fact[] = [
    ['platforms', since, 1],
    ['platforms:ALIVE', since, 1],
  ];
  let wasAlive = true;
  for (const [on, alive] of Object.entries(seen).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (alive !== wasAlive) facts.push([partOf(wasAlive), on, -1], [partOf(alive), on, 1]);
    wasAlive = alive;
  }
  return facts;
}

const partOf = (alive: boolean): string => (alive ? 'platforms:ALIVE' : 'platforms:ENDED');
