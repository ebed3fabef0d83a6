import type { HealthPart } from '@gpect/service-kit/health/health';
import type { WebhookDocument } from './store.js';

type Idle = Pick<WebhookDocument, '_id' | 'status' | 'refusingSince' | 'lastFailure' | 'held'>;

/** Partners whose webhook takes nothing, by what they did themselves. Pure. */
export function idleOf(webhooks: readonly Idle[]): {
  readonly disabled: readonly Idle[];
  readonly refusing: readonly Idle[];
} {
  const disabled = webhooks.filter(({ status }) => status === 'DISABLED');
  const refusing = webhooks.filter((one) => one.status !== 'DISABLED' && one.refusingSince !== undefined);
  return { disabled, refusing };
}

/** A partner's own fault makes nobody unready; whoever watches sees who it is. Pure. */
export function webhooksHealth(webhooks: readonly Idle[] | undefined): HealthPart {
  if (!webhooks) return { state: 'degraded', detail: 'not known while the database does not answer' };
  const { disabled, refusing } = idleOf(webhooks);
  const said = [
    ...disabled.map(({ _id, lastFailure }) => `${_id} is disabled${lastFailure ? ` (${lastFailure})` : ''}`),
    ...refusing.map(({ _id, refusingSince = 0, held = [] }) => {
      const why = held.at(-1)?.lastFailure;
      return `${_id} refuses each event since ${new Date(refusingSince).toISOString()}${why ? ` (${why})` : ''}`;
    }),
  ];
  if (said.length === 0) return { state: 'ok', detail: 'no webhook is disabled or refuses all that it is given' };
  return {
    state: 'ok',
    detail: `${said.join('; ')}: theirs to mend, GET /partners/<code>/webhook tells them the same`,
  };
}
