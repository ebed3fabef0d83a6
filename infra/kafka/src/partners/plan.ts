import { isDeepStrictEqual } from 'node:util';
import { partnerPrefix, partnerTopic } from '@gpect/contracts/partner-topics';
import type { Declaration, Declared, Quotas } from './declaration.js';

/** A right of a partner's client on the brokers. */
export interface Right {
  readonly resource: 'TOPIC' | 'GROUP' | 'TRANSACTIONAL_ID';
  readonly name: string;
  readonly pattern: 'LITERAL' | 'PREFIXED';
  readonly operation: 'READ' | 'WRITE' | 'DESCRIBE';
}

/** What brokers and gateway hold of partners now. */
export interface Current {
  readonly users: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
  readonly rights: ReadonlyMap<string, readonly Right[]>;
  readonly quotas: ReadonlyMap<string, Quotas>;
  readonly declared: ReadonlyMap<string, Declared>;
  /** Partners whose secret is kept here. */
  readonly secrets: ReadonlySet<string>;
}

/** One thing to be done; `say` is what a dry run prints. */
export type Step =
  | { readonly kind: 'create-topic'; readonly topic: string; readonly partner: string }
  /** A new secret; it is also the password of its Kafka user, where it comes by that endpoint. */
  | { readonly kind: 'make-secret'; readonly partner: string; readonly kafka: boolean }
  | { readonly kind: 'delete-user'; readonly partner: string }
  | { readonly kind: 'delete-secret'; readonly partner: string }
  | { readonly kind: 'allow'; readonly partner: string; readonly right: Right }
  | { readonly kind: 'forbid'; readonly partner: string; readonly right: Right }
  | { readonly kind: 'set-quotas'; readonly partner: string; readonly quotas: Quotas | undefined }
  | { readonly kind: 'declare'; readonly declared: Declared }
  | { readonly kind: 'withdraw'; readonly partner: string };

export const topicsOfPartner = (code: string) => [partnerTopic(code, 'in'), partnerTopic(code, 'out')] as const;

/** A partner writes to its own `.in`, reads its own `.out`, in groups and transactions that bear its name, and nothing else. */
export function rightsOf(code: string): Right[] {
  const [into, out] = topicsOfPartner(code);
  const right = (
    resource: Right['resource'],
    name: string,
    pattern: Right['pattern'],
    operation: Right['operation'],
  ) => ({
    resource,
    name,
    pattern,
    operation,
  });
  return [
    right('TOPIC', into, 'LITERAL', 'WRITE'),
    right('TOPIC', into, 'LITERAL', 'DESCRIBE'),
    right('TOPIC', out, 'LITERAL', 'READ'),
    right('TOPIC', out, 'LITERAL', 'DESCRIBE'),
    right('GROUP', partnerPrefix(code), 'PREFIXED', 'READ'),
    right('GROUP', partnerPrefix(code), 'PREFIXED', 'DESCRIBE'),
    right('TRANSACTIONAL_ID', partnerPrefix(code), 'PREFIXED', 'WRITE'),
  ];
}

/**
 * The steps from what is to what is declared; none where they agree. What is no longer declared loses its user, rights,
 * quotas and secret; its topics stay, for what was said on them is kept. Pure.
 */
export function plan(declarations: readonly Declaration[], current: Current): Step[] {
  const wanted = new Map(declarations.map((d) => [d.declared.partner, d]));
  const steps: Step[] = [];
  for (const [code, { declared, quotas }] of wanted) {
    const viaKafka = declared.doors.includes('KAFKA');
    for (const topic of topicsOfPartner(code))
      if (!current.topics.has(topic)) steps.push({ kind: 'create-topic', topic, partner: code });
    // A user whose secret is lost gets a new one; the HTTP endpoint needs a secret too.
    if (!current.secrets.has(code) || (viaKafka && !current.users.has(code)))
      steps.push({ kind: 'make-secret', partner: code, kafka: viaKafka });
    if (!viaKafka && current.users.has(code)) steps.push({ kind: 'delete-user', partner: code });
    steps.push(...differingRights(code, viaKafka ? rightsOf(code) : [], current.rights.get(code) ?? []));
    if (viaKafka && !isDeepStrictEqual(current.quotas.get(code), quotas))
      steps.push({ kind: 'set-quotas', partner: code, quotas });
    if (!isDeepStrictEqual({ ...current.declared.get(code) }, { ...declared }))
      steps.push({ kind: 'declare', declared });
  }
  const known = [current.users, current.rights, current.quotas, current.declared, current.secrets];
  const gone = [...new Set(known.flatMap((of) => [...of.keys()]))].filter((code) => !wanted.has(code)).sort();
  for (const code of gone) {
    if (current.declared.has(code)) steps.push({ kind: 'withdraw', partner: code });
    if (current.users.has(code)) steps.push({ kind: 'delete-user', partner: code });
    steps.push(...differingRights(code, [], current.rights.get(code) ?? []));
    if (current.quotas.has(code)) steps.push({ kind: 'set-quotas', partner: code, quotas: undefined });
    if (current.secrets.has(code)) steps.push({ kind: 'delete-secret', partner: code });
  }
  return steps;
}

function differingRights(partner: string, wanted: readonly Right[], now: readonly Right[]): Step[] {
  const among = (rights: readonly Right[], right: Right) =>
    rights.some((r) => isDeepStrictEqual({ ...r }, { ...right }));
  return [
    ...now.filter((right) => !among(wanted, right)).map((right): Step => ({ kind: 'forbid', partner, right })),
    ...wanted.filter((right) => !among(now, right)).map((right): Step => ({ kind: 'allow', partner, right })),
  ];
}

/** A step in a sentence; no secret is ever in one. */
export function sentence(step: Step): string {
  switch (step.kind) {
    case 'create-topic':
      return `+ topic ${step.topic}`;
    case 'make-secret':
      return `+ a new secret of ${step.partner}${step.kafka ? ', and its Kafka user' : ''}`;
    case 'delete-user':
      return `- user ${step.partner}`;
    case 'delete-secret':
      return `- secret of ${step.partner}`;
    case 'allow':
    case 'forbid': {
      const { operation, resource, name, pattern } = step.right;
      const sign = step.kind === 'allow' ? '+' : '-';
      return `${sign} ${step.partner} may ${operation} ${resource.toLowerCase().replaceAll('_', ' ')} ${name}${pattern === 'PREFIXED' ? '*' : ''}`;
    }
    case 'set-quotas':
      return step.quotas
        ? `~ quotas of ${step.partner}: ${Object.entries(step.quotas)
            .map(([k, v]) => `${k} ${v}`)
            .join(', ')}`
        : `- quotas of ${step.partner}`;
    case 'declare':
      return `~ ${step.declared.partner} takes part: ${step.declared.doors.join(' and ')}, sends ${step.declared.sends.length} types`;
    case 'withdraw':
      return `- ${step.partner} takes part no more`;
  }
}
