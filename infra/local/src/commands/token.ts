import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DevIssuer, ROLES, type Role } from '@gpect/dev-issuer/issuer';
import { usualPorts } from '../ports.js';
import { readRunning, STACK_DIR } from '../run-file.js';

/** `npm run -s token -- --role carrier --carrier cci-artois [--subject anne] [--programme 'npdc-*']` prints a development token, valid for 12 hours, for all programmes where none is named. */
export async function token(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      role: { type: 'string', multiple: true, default: [] },
      subject: { type: 'string' },
      carrier: { type: 'string' },
      partner: { type: 'string' },
      consultant: { type: 'string' },
      funder: { type: 'string' },
      programme: { type: 'string', multiple: true },
    },
  });
  const { role: asked, programme: programmes, ...codes } = values;
  const roles = asked.filter((role): role is Role => ROLES.includes(role as Role));
  if (roles.length === 0 || roles.length < asked.length) {
    process.stderr.write(`name one or more roles: --role ${ROLES.join(' | ')}\n`);
    return 64;
  }
  const url = readRunning()?.urls.issuer ?? `http://127.0.0.1:${usualPorts().issuer}`;
  const keyFile = join(STACK_DIR, 'issuer-key.json');
  const issuer = await DevIssuer.open({ issuer: `${url}/`, audience: 'gpect', keyFile });
  process.stdout.write(`${await issuer.token({ ...codes, ...(programmes ? { programmes } : {}), roles })}\n`);
  return 0;
}
