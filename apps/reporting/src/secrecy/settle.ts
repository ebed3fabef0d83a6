import type { Masking } from './masking.js';
import { nearestMaskable } from './nearest.js';
import { type Equation, membersOf } from './system.js';
import { changeSaysTooMuch, sumSaysTooMuch } from './union.js';
import type { Variable } from './variable.js';

/** Masks on until no equation by itself gives anything away. Each is looked at again only when one of its variables changes. */
export function settle(masking: Masking): void {
  for (let e = masking.next(); e !== undefined; e = masking.next()) {
    const equation = masking.system.equations[e] as Equation;
    const unknown = membersOf(equation).filter((member) => masking.isUnknown(member));
    const [first] = unknown;
    if (first === undefined) continue;
    if (unknown.length === 1 && !masking.isProtected(first)) masking.derive(first, e);
    else if (givesAway(masking, equation, unknown)) {
      const place = nearestMaskable(masking, [e]);
      if (place === undefined) continue;
      masking.mask(place);
      masking.lookAgain(e);
    }
  }
}

function givesAway(masking: Masking, equation: Equation, unknown: readonly number[]): boolean {
  if (unknown.length === 1) return true;
  // The sum of what is unknown is known where the total is.
  if (equation.total >= 0 && masking.isUnknown(equation.total)) return false;
  const { rule, variables } = masking.system;
  const at = (places: readonly number[]) => places.map((place) => variables[place] as Variable);
  const members = at(unknown);
  const others = () => at(membersOf(equation).filter((member) => !masking.isUnknown(member)));
  return (
    sumSaysTooMuch(members, equation.disjoint, rule) ||
    (members.some(({ changes }) => changes?.length) && changeSaysTooMuch(members, others(), equation.disjoint, rule))
  );
}
