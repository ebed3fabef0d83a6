import { Problem } from '@gpect/service-kit/http/problem';
import type { Request } from 'express';
import { RenewalRefused, type SignInProvider, type Tokens } from '../identity/provider.js';
import { readAgain, type SignedIn, saved, stopped } from './sessions.js';

/** A token that ends within this time might end on its way, milliseconds. */
const SPARE_MS = 20_000;

/** The access token of whoever asks, renewed when it ends: once for all requests that wait for it. */
export class Access {
  readonly #renewing = new Map<string, Promise<Tokens>>();

  constructor(
    private readonly provider: SignInProvider,
    private readonly longestMs: number,
  ) {}

  /** @throws Problem 401 where one has to sign in (again), 503 where the provider is away */
  async of(request: Request): Promise<string> {
    const { signedIn } = request.session;
    if (!signedIn) throw ended();
    if (Date.now() - signedIn.since > this.longestMs) {
      await stopped(request);
      throw ended();
    }
    if (holds(signedIn.tokens)) return signedIn.tokens.access;
    const { sessionID: id } = request;
    const renewing = this.#renewing.get(id) ?? this.#renew(request).finally(() => this.#renewing.delete(id));
    this.#renewing.set(id, renewing);
    const tokens = await renewing;
    // Each request has its own copy of the session.
    if (request.session.signedIn) request.session.signedIn = { ...request.session.signedIn, tokens };
    return tokens.access;
  }

  async #renew(request: Request): Promise<Tokens> {
    // Another replica may have done it: a refresh token is good once.
    const before = await this.#again(request);
    if (holds(before.tokens)) return before.tokens;
    try {
      const tokens = await this.provider.renew(before.tokens);
      request.session.signedIn = { ...before, tokens };
      await saved(request);
      return tokens;
    } catch (error) {
      if (!(error instanceof RenewalRefused)) throw away();
      const now = await this.#again(request);
      if (holds(now.tokens)) return now.tokens;
      await stopped(request);
      throw ended();
    }
  }

  async #again(request: Request): Promise<SignedIn> {
    await readAgain(request).catch(() => undefined);
    const { signedIn } = request.session;
    if (!signedIn) throw ended();
    return signedIn;
  }
}

const holds = ({ until }: Tokens): boolean => until - Date.now() > SPARE_MS;

const ended = (): Problem =>
  new Problem(401, 'session-ended', 'The session has ended', {
    detail: 'sign in again; what was typed is still there',
    french: 'reconnectez-vous\u00a0; ce que vous avez saisi est conservé',
  });

const away = (): Problem =>
  new Problem(503, 'provider-away', 'The service does not answer now', {
    detail: 'the provider where people sign in does not answer: try again in a moment',
    french: 'le service d’authentification ne répond pas\u00a0: réessayez dans un instant',
  });
