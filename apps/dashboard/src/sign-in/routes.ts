import { randomBytes } from 'node:crypto';
import { limitRequests } from '@gpect/service-kit/http/rate-limit';
import type { Logger } from '@gpect/service-kit/observability/logger';
import { Router } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { requireOurPage } from '../http/our-page.js';
import type { SignInProvider } from '../identity/provider.js';
import { renewed, saved, stopped } from '../session/sessions.js';
import { returnTo } from './return-to.js';

/** Sign-ins that one address may begin in a second. */
const PER_SECOND = 20;

export function signInRoutes(provider: SignInProvider, publicUrl: string, logger: Logger): Router {
  const router = Router();
  router.use(
    '/sign-in',
    limitRequests({
      perSecond: PER_SECOND,
      keyOf: ({ ip = '' }) => ipKeyGenerator(ip),
      title: 'More requests than one address may make without a token that is taken',
    }),
  );

  router.get('/sign-in', async (request, response) => {
    const { url, checks } = await provider.begin();
    const to = returnTo(request.query['to'], publicUrl);
    await renewed(request, { signingIn: { ...checks, to } });
    response.redirect(303, url.href);
  });

  router.get('/sign-in/callback', async (request, response) => {
    const { signingIn } = request.session;
    if (!signingIn) return response.redirect(303, '/?sign-in=again');
    try {
      const { tokens, person } = await provider.finish(request.originalUrl, signingIn);
      // Another id than before: who knew that one knows nothing of what follows.
      await renewed(request, {
        signedIn: { person, tokens, since: Date.now(), csrf: randomBytes(32).toString('base64url') },
      });
      return response.redirect(303, signingIn.to);
    } catch (error) {
      logger.warn({ err: error }, 'somebody could not sign in');
      delete request.session.signingIn;
      await saved(request);
      return response.redirect(303, '/?sign-in=failed');
    }
  });

  router.get('/session', (request, response) => {
    const { signedIn } = request.session;
    response
      .set('cache-control', 'no-store')
      .json(signedIn ? { person: signedIn.person, csrf: signedIn.csrf } : { person: null });
  });

  router.post('/sign-out', requireOurPage(publicUrl), async (request, response) => {
    const { signedIn } = request.session;
    await stopped(request);
    response.json({ to: signedIn ? provider.signOutUrl(signedIn.tokens) : '/' });
  });
  return router;
}
