import express from 'express';
import { CODE_CLAIMS, DevIssuer, ROLES, type Role, type TokenRequest } from './issuer.js';

const {
  PORT = '4000',
  ISSUER = `http://localhost:${PORT}/`,
  AUDIENCE = 'gpect',
  KEY_FILE = '/tmp/gpect-dev-issuer/key.json',
} = process.env;
const issuer = await DevIssuer.open({ issuer: ISSUER, audience: AUDIENCE, keyFile: KEY_FILE });

const app = express();
app.use(express.json());
app.get('/health/live', (_request, response) => {
  response.json({ status: 'ok' });
});
app.get('/.well-known/jwks.json', (_request, response) => {
  response.json(issuer.jwks);
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

/** Nothing but what a token may say. */
function said(body: Partial<TokenRequest>): Partial<TokenRequest> {
  return Object.fromEntries(
    [...CODE_CLAIMS, 'subject' as const].flatMap((name) => (body[name] ? [[name, body[name]]] : [])),
  );
}
const server = app.listen(Number(PORT));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close(() => process.exit(0)));
