import { own } from '@gpect/domain-values/records';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import type { Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { notKnown } from '@gpect/service-kit/aggregate/refusals';

/** The best score of a criterion. */
const BEST = 5;

interface Weighted {
  readonly criterion: string;
  readonly weight: number;
  readonly innovation: boolean;
}

/** A project's weighted mean and that of the criteria of innovation alone, each 0 to 100 with one decimal. Pure. */
export function scoreOf(
  criteria: readonly Weighted[],
  scores: Readonly<Record<string, number>>,
): Result<{ readonly total: number; readonly innovation: number }, Refusal> {
  const names = criteria.map((c) => c.criterion);
  const stranger = Object.keys(scores).find((name) => !names.includes(name));
  if (stranger) return fail(notKnown('scores', stranger, `the call judges by ${names.join(', ')}`));
  const missing = names.filter((name) => own(scores, name) === undefined);
  if (missing.length > 0)
    return fail({
      code: 'score_missing',
      kind: 'rule',
      field: 'scores',
      detail: `no score for ${missing.join(', ')}; judge every criterion`,
    });
  return ok({
    total: mean(criteria, scores),
    innovation: mean(
      criteria.filter((c) => c.innovation),
      scores,
    ),
  });
}

function mean(criteria: readonly Weighted[], scores: Readonly<Record<string, number>>): number {
  const weights = criteria.reduce((sum, c) => sum + c.weight, 0);
  const reached = criteria.reduce((sum, c) => sum + c.weight * (own(scores, c.criterion) ?? 0), 0);
  return Math.round((1000 * reached) / (weights * BEST)) / 10;
}
