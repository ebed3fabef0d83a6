import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { type ClaimsMapping, type Person, personIn } from './claims.js';

export interface ProviderSettings {
  readonly issuer: string;
  /** Where it is reached from here, if not by its own address. */
  readonly internalUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly userinfo: boolean;
  readonly mapping: ClaimsMapping;
  /** Where it sends people back to. */
  readonly callback: string;
  /** After they signed out. */
  readonly home: string;
  /** Without TLS, on a stack for trying things. */
  readonly insecure: boolean;
}

/** What must come back as it was sent, and what proves that it is we who ask (state, nonce, PKCE). */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Tokens {
  readonly access: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly refresh?: string;
  readonly id?: string;
}

/** The provider says that these tokens are to be renewed no more. */
export class RenewalRefused extends Error {}

/** Of an access token that does not say how long it holds, seconds. */
const UNSAID_SECONDS = 60;
const DISCOVERED_WITHIN_SECONDS = 10;

/** Where people sign in: OpenID Connect, authorisation code with PKCE (RFC 7636), by a certified library. */
export class SignInProvider {
  #found: oidc.Configuration | undefined;

  constructor(private readonly settings: ProviderSettings) {}

  get isKnown(): boolean {
    return this.#found !== undefined;
  }

  /** Reads its discovery document. @throws where it cannot be had */
  async discover(): Promise<void> {
    const { issuer, clientId, clientSecret, insecure } = this.settings;
    this.#found = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: DISCOVERED_WITHIN_SECONDS,
      execute: insecure ? [oidc.allowInsecureRequests] : [],
      [oidc.customFetch]: (url, options) => fetch(this.#reachedAt(url), options as RequestInit),
    });
  }

  /** Where to send somebody who wants to sign in. */
  async begin(): Promise<{ readonly url: URL; readonly checks: Checks }> {
    const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(this.#config, {
      redirect_uri: this.settings.callback,
      scope: this.settings.scope,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url, checks };
  }

  /** Who came back, with their tokens. @param path that they came back to, with its query */
  async finish(path: string, { state, nonce, verifier }: Checks): Promise<{ tokens: Tokens; person: Person }> {
    const answer = await oidc.authorizationCodeGrant(this.#config, new URL(path, this.settings.callback), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const { sub = '' } = answer.claims() ?? {};
    const more = this.settings.userinfo ? await oidc.fetchUserInfo(this.#config, answer.access_token, sub) : {};
    const claims = { ...claimsIn(answer.access_token), ...answer.claims(), ...more };
    return { tokens: tokensIn(answer), person: personIn(claims, this.settings.mapping) };
  }

  /** @throws RenewalRefused where one has to sign in again; another error where it may be asked once more */
  async renew({ refresh, id }: Tokens): Promise<Tokens> {
    if (refresh === undefined) throw new RenewalRefused('there is no refresh token');
    try {
      const answer = await oidc.refreshTokenGrant(this.#config, refresh);
      return { ...(id ? { id } : {}), refresh, ...tokensIn(answer) };
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.status < 500) throw new RenewalRefused(error.error);
      throw error;
    }
  }

  /** Where to send somebody who signs out, so that the provider forgets them, too; home where it has no such place. */
  signOutUrl({ id }: Tokens): string {
    const { home: post_logout_redirect_uri } = this.settings;
    if (!this.#config.serverMetadata().end_session_endpoint) return post_logout_redirect_uri;
    const parameters = { post_logout_redirect_uri, ...(id ? { id_token_hint: id } : {}) };
    return oidc.buildEndSessionUrl(this.#config, parameters).href;
  }

  get #config(): oidc.Configuration {
    if (!this.#found) throw new Error('the provider was not discovered yet');
    return this.#found;
  }

  #reachedAt(url: string): string {
    const { issuer, internalUrl } = this.settings;
    const { origin } = new URL(issuer);
    return internalUrl && url.startsWith(`${origin}/`) ? internalUrl + url.slice(origin.length) : url;
  }
}

function tokensIn(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Tokens {
  const { access_token: access, refresh_token: refresh, id_token: id } = answer;
  const until = Date.now() + (answer.expiresIn() ?? UNSAID_SECONDS) * 1000;
  return { access, until, ...(refresh ? { refresh } : {}), ...(id ? { id } : {}) };
}

/** Of a token that came from the provider itself, over its own connection; nothing where it is no JWT. */
function claimsIn(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
