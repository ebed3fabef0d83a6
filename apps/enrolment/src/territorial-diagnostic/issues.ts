import type { EventDataByType } from '@gpect/contracts/generated/events';
import { groupBy } from '@gpect/service-kit/collections/group-by';

type Adopted = EventDataByType['fr.gpect.enrolment.territory-vision-adopted.v1'];
type Theme = Adopted['issues'][number]['theme'];

/** In how many firms each theme is an issue, most frequent first. Pure. */
export function issuesByTheme(issues: readonly { readonly theme: Theme; readonly siret: string }[]): Adopted['issues'] {
  return [...groupBy(issues, (i) => i.theme)]
    .map(([theme, found]) => ({ theme, firms: new Set(found.map((i) => i.siret)).size }))
    .sort((a, b) => b.firms - a.firms || a.theme.localeCompare(b.theme));
}
