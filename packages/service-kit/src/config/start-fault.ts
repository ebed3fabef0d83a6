/** Why something cannot begin to work, in words for whoever runs it; never a value that was given as configuration. */
export interface StartFault {
  /** Whether waiting can help: a server that is away comes back, a wrong password stays wrong. */
  readonly heals: boolean;
  readonly reason: string;
}

/** Thrown where waiting does not help. */
export class CannotHeal extends Error {
  override readonly name = 'CannotHeal';
}

/** Faults of a connection by the code that Node gives them. */
const OF_CONNECTION: ReadonlyMap<string, StartFault> = new Map([
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    never('its certificate is for another name than the one that it is called by (TLS)'),
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', never('its certificate is signed by nobody who is trusted here (TLS)')],
  ['SELF_SIGNED_CERT_IN_CHAIN', never('its certificate is signed by nobody who is trusted here (TLS)')],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', never('its certificate is signed by nobody who is trusted here (TLS)')],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', never('its certificate is signed by nobody who is trusted here (TLS)')],
  ['CERT_HAS_EXPIRED', yet('its certificate has expired (TLS)')],
  ['CERT_NOT_YET_VALID', yet('its certificate is not valid yet (TLS): compare the clocks')],
  ['ERR_SSL_WRONG_VERSION_NUMBER', yet('what listens there does not speak TLS')],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', yet('what listens there does not speak TLS')],
  ['EPROTO', yet('what listens there does not speak TLS as this process does')],
  ['ECONNREFUSED', yet('nothing listens there')],
  ['ECONNRESET', yet('it closes the connection')],
  ['ENOTFOUND', yet('its name is not known (DNS)')],
  ['EAI_AGAIN', yet('its name cannot be looked up now (DNS)')],
  ['ETIMEDOUT', yet('it does not answer')],
  ['EHOSTUNREACH', yet('there is no way to it')],
  ['ENETUNREACH', yet('there is no way to it')],
]);

function never(reason: string): StartFault {
  return { heals: false, reason };
}

function yet(reason: string): StartFault {
  return { heals: true, reason };
}

/** What lies under an error: itself first, then what it was caused by. */
export function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  let at: unknown = error;
  while (isError(at) && !causes.includes(at) && causes.length < 10) {
    causes.push(at);
    const { cause, originalError, reason } = at as { cause?: unknown; originalError?: unknown; reason?: unknown };
    at = [cause, originalError, reason].find(isError);
  }
  return causes;
}

/** Errors of another realm count too. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** Where the network or TLS is what fails, how. */
export function connectionFault(error: unknown): StartFault | undefined {
  for (const { code } of causesOf(error) as { code?: unknown }[]) {
    const fault = typeof code === 'string' ? OF_CONNECTION.get(code) : undefined;
    if (fault) return fault;
  }
  return undefined;
}
