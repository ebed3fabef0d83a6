import type { Request } from 'express';

/** Characters of a correlation id at the most. */
const LONGEST = 200;
/** What is safe in logs, in Kafka's headers and in a URL; escapes of other characters (`%C3%A9`) are. */
const CORRELATION = /^[A-Za-z0-9._:~%+/=@-]+$/;
/** W3C Trace Context, level 1: version, trace, parent, flags; a later version may have more behind them. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What is wrong with a correlation id from outside, as the end of a sentence. Pure. */
export function correlationFault(id: string): { detail: string; french: string } | undefined {
  if (id.length > LONGEST)
    return {
      detail: `has ${id.length} characters, more than ${LONGEST}: shorten it`,
      french: `a ${id.length} caractères, plus que ${LONGEST}\u00a0: raccourcissez-le`,
    };
  if (CORRELATION.test(id)) return undefined;
  return {
    detail: 'is made of letters, digits and . _ : ~ % + / = @ - alone',
    french: 'n’admet que des lettres, des chiffres et . _ : ~ % + / = @ -',
  };
}

/** A trace that goes on here, as this version writes it; undefined of what is none: a new one is begun then. Pure. */
export function traceparentOf(said: string | undefined): string | undefined {
  const [, version, trace, parent, flags, more] = TRACEPARENT.exec(said ?? '') ?? [];
  if (!version || (version === '00' && more !== undefined)) return undefined;
  return `00-${trace}-${parent}-${flags}`;
}

/** By what a request is told apart in logs, events and the audit trail: what its sender said, where that can be kept. */
export function tracedBy(request: Request): { correlationid?: string; traceparent?: string } {
  const [said, traceparent] = [request.get('x-correlation-id'), traceparentOf(request.get('traceparent'))];
  const correlationid = said !== undefined && correlationFault(said) === undefined ? said : undefined;
  return { ...(correlationid ? { correlationid } : {}), ...(traceparent ? { traceparent } : {}) };
}
