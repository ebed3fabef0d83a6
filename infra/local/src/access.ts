import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where partners come in. */
interface PartnersEndpoints {
  readonly partnersBroker: string;
  readonly authority: string;
  readonly urls: { readonly 'partner-gateway': string; readonly issuer: string };
}

/** What a partner is told of its access; the secret itself stays in its file. */
export function accessOf(places: PartnersEndpoints, secretsFolder: string, partner: string): Record<string, string> {
  const file = join(secretsFolder, `${partner}.json`);
  if (!existsSync(file))
    throw new Error(
      `${partner} n’est pas déclaré : aucun secret ${file} ; « npm run partners -- apply » le fait d’une déclaration`,
    );
  const { username } = JSON.parse(readFileSync(file, 'utf8')) as { username: string };
  return {
    GPECT_PARTNER: partner,
    GPECT_SECRET_FILE: file,
    GPECT_BROKERS: places.partnersBroker,
    GPECT_KAFKA_USER: username,
    GPECT_CA: places.authority,
    GPECT_GATEWAY: places.urls['partner-gateway'],
    GPECT_TOKEN_URL: `${places.urls.issuer}/oauth2/token`,
  };
}
