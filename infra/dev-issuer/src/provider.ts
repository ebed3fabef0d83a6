import type { Request, Response } from 'express';
import express, { Router } from 'express';
import Provider, { type Configuration } from 'oidc-provider';
import { claimsOf, type DevIssuer, KEY_ID } from './issuer.js';
import { askWhetherToSignOut, chooseFrom, saySignedOut } from './pages.js';
import { PERSONS, type Person, personOf } from './persons.js';

/** The client of the pages (apps/dashboard), as it is registered here. */
export interface PagesClient {
  readonly id: string;
  readonly secret: string;
  /** Where the pages are opened: `http://127.0.0.1:4012`. */
  readonly url: string;
}

/** The services as a resource of OAuth 2.0 (RFC 8707): access tokens are made for them, whatever a client asks. */
const SERVICES = 'urn:gpect:services';
const DAY_SECONDS = 86_400;

/**
 * A real provider of OpenID Connect (oidc-provider, certified), where one chooses who one is: no password, for development alone.
 * Its access tokens are those that the services take from this issuer.
 * @param accessSeconds how long they hold: short, so that the pages renew them while somebody tries things
 */
export function signInRoutes(issuer: DevIssuer, client: PagesClient, accessSeconds: number): Router {
  const provider = new Provider(issuer.issuer, configurationOf(issuer, client, accessSeconds));
  const router = Router();
  router.get('/interaction/:uid', async (request, response) => {
    const { uid } = await provider.interactionDetails(request, response);
    response.type('html').send(chooseFrom(PERSONS, uid));
  });
  router.post(
    '/interaction/:uid',
    express.urlencoded({ extended: false }),
    async (request: Request, response: Response) => {
      const person = personOf(String((request.body as { person?: unknown } | undefined)?.person));
      const result = person
        ? { login: { accountId: person.id } }
        : { error: 'access_denied', error_description: 'nobody was chosen' };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    },
  );
  const callback = provider.callback();
  const { host } = new URL(issuer.issuer);
  router.use((request, response) => {
    // Its endpoints are told by its own address, by whichever it was asked.
    request.headers.host = host;
    return callback(request, response);
  });
  return router;
}

function configurationOf(
  { jwk, audience }: DevIssuer,
  { id, secret, url }: PagesClient,
  accessSeconds: number,
): Configuration {
  return {
    clients: [
      {
        client_id: id,
        client_secret: secret,
        redirect_uris: [`${url}/sign-in/callback`],
        post_logout_redirect_uris: [`${url}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    // The library's own type of a key is narrower than that of jose, which made it.
    jwks: { keys: [jwk as never] },
    routes: {
      authorization: '/authorize',
      token: '/connect/token',
      jwks: '/.well-known/jwks.json',
      end_session: '/sign-out',
    },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: [secret] },
    pkce: { required: () => true },
    responseTypes: ['code'],
    ttl: {
      AccessToken: accessSeconds,
      Grant: DAY_SECONDS,
      IdToken: DAY_SECONDS,
      Interaction: 3600,
      RefreshToken: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => SERVICES,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessSeconds,
          jwt: { sign: { alg: 'ES256', kid: KEY_ID } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = askWhetherToSignOut(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = saySignedOut();
        },
      },
    },
    findAccount: (_context, accountId) => {
      const person = personOf(accountId);
      return person && { accountId, claims: () => ({ sub: accountId, name: person.name }) };
    },
    extraTokenClaims: (_context, token) => {
      const person = 'accountId' in token ? personOf(String(token.accountId)) : undefined;
      return person && claimsOf(withoutName(person));
    },
    issueRefreshToken: () => true,
    // These pages are the programme's own: nobody is asked whether they may know who signs in.
    loadExistingGrant: async ({ oidc: { client: asking, session, provider } }) => {
      if (!asking || !session?.accountId) return undefined;
      const known = session.grantIdFor(asking.clientId);
      const found = known ? await provider.Grant.find(known) : undefined;
      if (found) return found;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
}

function withoutName({ id: _id, name: _name, does: _does, ...claims }: Person) {
  return claims;
}
