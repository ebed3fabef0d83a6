import type { BoundRole } from '@gpect/contracts/bound-roles';
import { own } from '@gpect/domain-values/records';
import type { Request } from 'express';
import type { Caller } from '../http/caller.js';
import { type LineAsks, type LineForbidden, refusalsOfLines } from './line-rights.js';
import type { Asked, Owners } from './ownership.js';
import { covers } from './programmes.js';
import { admittedTo, codesOf, mayAct, type Operation, type Rights, seesAll } from './rights.js';

declare global {
  namespace Express {
    interface Request {
      /** What the guard let in; of requests that came with a token. */
      grant?: Grant;
    }
  }
}

/** What a caller was let in for. Whatever a route asks or answers by rights, it takes from here and nowhere else. */
export class Grant {
  readonly #admitted: readonly string[];

  constructor(
    private readonly rights: Rights,
    readonly caller: Caller,
    operation: Operation,
    /** What the guard decided on, by name. */
    readonly asked: Asked,
    /** Of that, what stood in the query: routes have it with the rest of their query. */
    readonly query: Asked = {},
  ) {
    this.#admitted = admittedTo(operation);
  }

  /** What was asked under a name that was decided on; undefined where nothing was said. */
  text(name: string): string | undefined {
    const said = own(this.asked, name);
    return said === undefined ? undefined : String(said);
  }

  /** The codes to which what is answered is restricted; undefined where the caller sees everything here. */
  only(role: BoundRole): readonly string[] | undefined {
    return seesAll(this.caller, this.#admitted) ? undefined : codesOf(this.caller, role);
  }

  /** The codes under which the caller acts in a role, whatever else it may see here. */
  codes(role: BoundRole): readonly string[] {
    return codesOf(this.caller, role);
  }

  /** Whether what belongs to a programme is the caller's to see. */
  covers(programme: string): boolean {
    return covers(this.caller.programmes, programme);
  }

  /** Whether a thing of these owners is the caller's to see here. */
  may(owners: Owners): boolean {
    return mayAct(this.caller, this.#admitted, owners);
  }

  /** Which lines of a file are not the caller's to send. */
  forbidden(lines: readonly LineAsks[]): Promise<(LineForbidden | undefined)[]> {
    return refusalsOfLines(this.rights, this.caller, lines);
  }
}

/** What the guard let this request in for. A route that no token opens has none. */
export function grantOf({ grant }: Pick<Request, 'grant'>): Grant {
  if (!grant) throw new Error('the guard lets nobody in without a grant');
  return grant;
}
