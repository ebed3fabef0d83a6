import { type Owners, type Ownership, owned } from '@gpect/service-kit/rights/ownership';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Declared, partner } from './partner.js';

/** What is a partner's belongs to it, and to the programmes that it takes part in. */
export function partnerOwnership({ runner }: ServiceContext): Ownership {
  const ownersOf = async (code: string, unknown: readonly string[]): Promise<Owners> => {
    const found = (await runner.load<Declared | null>(partner.collection, [code])).get(code);
    return { partners: [code], programmes: found?.programmes ?? unknown };
  };
  return {
    // What is left of a partner that was withdrawn is of no programme: it is for who has all of them.
    partner: owned({ path: ['partner'] }, ({ partner: code }) => ownersOf(String(code), ['*'])),
    declaredPartner: owned({ body: ['partner'] }, ({ partner: code }) => ownersOf(String(code), [])),
  };
}
