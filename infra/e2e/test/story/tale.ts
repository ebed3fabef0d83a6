import type { Actor, Service } from '@gpect/programme/api-client';
import { caughtUp } from '@gpect/programme/caught-up';
import { SIRETS } from '../firms.js';
import type { Field } from '../harness.js';

/** A programme as its people live it, told through the public endpoints; the four phases follow one another. */
export const PROGRAMME = 'recit';
const [siret = '', neighbour = ''] = SIRETS;

export const FIRM = { siret, name: "Mécanique de l'Artois" } as const;
/** A firm next endpoint, whose manager comes to the same workshops. */
export const NEIGHBOUR = { siret: neighbour, name: 'Textiles du Ternois' } as const;

export const state: Actor = { roles: ['state'], subject: 'DIRECCTE' };
export const region: Actor = { roles: ['region'], subject: 'Région' };
export const carrier: Actor = { roles: ['carrier'], carrier: 'cci-artois', subject: 'Chargée de mission de la CCI' };
export const employmentHouse: Actor = { roles: ['partner'], partner: 'mde-arras', subject: "Maison de l'emploi" };
export const consultant: Actor = { roles: ['consultant'], consultant: 'c-martin', subject: 'Consultant Martin' };
export const opca: Actor = { roles: ['funder'], funder: 'opca-a', subject: 'OPCA A' };
export const evaluator: Actor = { roles: ['evaluator'], subject: 'ARACT' };

export const ACTION = `/collective-actions/${PROGRAMME}/arras`;
export const CASE = `/firms/${PROGRAMME}/${siret}`;
export const ASSIGNMENT = `/assignments/${PROGRAMME}/${siret}`;

/** What the people of the story do and read. */
export interface Tale {
  does(who: Actor, service: Service, path: string, body: object): Promise<void>;
  reads(who: Actor, service: Service, path: string): Promise<unknown>;
  /** What the steering committee is warned of on a day. */
  warnings(on: string): Promise<Record<string, object[]>>;
  /** Every service has read what the others said. */
  newsArrived(): Promise<void>;
}

export function taleIn(field: () => Field): Tale {
  const reads: Tale['reads'] = (who, service, path) => field().api.get(service, who, path);
  return {
    reads,
    does: (who, service, path, body) => field().api.command(service, who, path, body),
    warnings: (on) =>
      reads(region, 'reporting', `/warnings?programme=${PROGRAMME}&on=${on}`) as Promise<Record<string, object[]>>,
    newsArrived: () => caughtUp(field().api),
  };
}
