import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Client {
  readonly id: string;
  readonly secret: string;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** Who asks for a token: HTTP Basic, or the form (RFC 6749, section 2.3.1). */
export function clientOf(
  authorization: string | undefined,
  form: Readonly<Record<string, unknown>> = {},
): Client | undefined {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
    : [form['client_id'], form['client_secret']];
  return typeof id === 'string' && typeof secret === 'string' ? { id, secret } : undefined;
}

/** Whether that is the secret which `npm run partners` made for it. */
export function isClient(folder: string, { id, secret }: Client): boolean {
  const file = join(folder, `${id}.json`);
  if (!folder || !CODE.test(id) || !existsSync(file)) return false;
  const known = Buffer.from((JSON.parse(readFileSync(file, 'utf8')) as { secret: string }).secret);
  const given = Buffer.from(secret);
  return known.length === given.length && timingSafeEqual(known, given);
}
