import type { PlatformLife } from '../facts/documents.js';
import { ALWAYS, type Fact } from '../facts/fact.js';
import { platformLives } from '../facts/keepers/territory.js';
import type { Figure } from './figure.js';

export const figure: Figure = {
  id: 'platforms',
  place: 310,
  group: 'territory',
  labelFr: "Plateformes d'appui aux mutations économiques",
  labelEn: 'Lasting platforms',
  definitionFr:
    "Plateformes que les actions ont établies : actives, ou disparues d'après le dernier constat. Une plateforme que deux actions nomment compte dans chacune ; `platforms` la donne une fois, avec son histoire.",
  definitionEn:
    'Platforms that actions established: alive, or ended by what was last seen. One that two actions name counts for each; `platforms` gives it once, with its life.',
  formula: 'count(platform-established), by the last platform-reviewed',
  unit: 'platform',
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
