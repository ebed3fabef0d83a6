import express from 'express';
import { clientOf, isClient } from './clients.js';
import { CODE_CLAIMS, DevIssuer, LIFETIME_SECONDS, ROLES, type Role, type TokenRequest } from './issuer.js';
import { signInRoutes } from './provider.js';

const {
  PORT = '4000',
  ISSUER = `http://localhost:${PORT}/`,
  AUDIENCE = 'gpect',
  KEY_FILE = '/tmp/gpect-dev-issuer/key.json',
  CLIENTS_FOLDER = '',
  PAGES_URL = 'http://127.0.0.1:4012',
  PAGES_SECRET = 'development',
  ACCESS_SECONDS = '300',
  DEVELOPMENT = '',
} = process.env;

/** sysexits.h: EX_CONFIG, as the services end. */
const EXIT_CONFIG = 78;
if (DEVELOPMENT !== 'true') {
  process.stderr.write(
    'This gives a token to whoever asks and is for development alone: set DEVELOPMENT=true on a stack for trying things, and use an identity provider elsewhere.\n',
  );
  process.exit(EXIT_CONFIG);
}
const issuer = await DevIssuer.open({ issuer: ISSUER, audience: AUDIENCE, keyFile: KEY_FILE });

const app = express();
app.use(express.json());
app.get('/health/live', (_request, response) => {
  response.json({ status: 'ok' });
});
app.post('/token', async (request, response) => {
  const { roles, ...more } = request.body as Partial<TokenRequest>;
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every((role) => ROLES.includes(role as Role))) {
    response
      .status(400)
      .type('application/problem+json')
      .json({ type: 'urn:gpect:problem:roles', title: `roles must be some of ${ROLES.join(', ')}`, status: 400 });
    return;
  }
  response.json({
    token: await issuer.token({ ...said(more), roles }),
  });
});

/** OAuth 2.0 client credentials, for partners' systems: their code and the secret that they were given. */
app.post('/oauth2/token', express.urlencoded({ extended: false }), async (request, response) => {
  const client = clientOf(request.get('authorization'), request.body as Record<string, unknown>);
  const refuse = (status: number, error: string) => response.status(status).json({ error });
  if ((request.body as { grant_type?: unknown } | undefined)?.grant_type !== 'client_credentials')
    return refuse(400, 'unsupported_grant_type');
  if (!client || !isClient(CLIENTS_FOLDER, client)) return refuse(401, 'invalid_client');
  const token = await issuer.token({ roles: ['partner'], partner: client.id, subject: `/partners/${client.id}` });
  return response.json({ access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS });
});

/** Where people sign in; it answers whatever is not answered above. */
app.use(signInRoutes(issuer, { id: 'dashboard', secret: PAGES_SECRET, url: PAGES_URL }, Number(ACCESS_SECONDS)));

/** Nothing but what a token may say. */
function said(body: Partial<TokenRequest>): Partial<TokenRequest> {
  return Object.fromEntries(
    [...CODE_CLAIMS, 'subject' as const, 'programmes' as const].flatMap((name) =>
      body[name] ? [[name, body[name]]] : [],
    ),
  );
}
const server = app.listen(Number(PORT));
// Longer than clients keep a connection that is not used: none of them sends on one that is just being closed here.
server.keepAliveTimeout = 65_000;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close(() => process.exit(0)));
