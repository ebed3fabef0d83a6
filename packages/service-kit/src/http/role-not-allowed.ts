import type { Caller } from './caller.js';
import { Problem } from './problem.js';

/** None of the caller's roles may do what was asked. */
export function roleNotAllowed(caller: Caller, admitted: readonly string[]): Problem {
  return new Problem(403, 'role-not-allowed', 'Not for this role', {
    detail: `this needs one of the roles ${admitted.join(', ')}; the token has ${caller.roles.join(', ') || 'none'}`,
    french: `il faut l’un des rôles ${admitted.join(', ')}, et le jeton a ${caller.roles.join(', ') || 'aucun rôle'}\u00a0: faites la demande par qui en a un`,
  });
}
