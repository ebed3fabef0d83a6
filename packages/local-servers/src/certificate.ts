import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate that a development broker shows its partners, and that they trust. Never for production. */
export interface Certificate {
  /** PEM file of the key and the certificate, as a Kafka key store of type PEM. */
  readonly keyStore: string;
  /** PEM file of the certificate alone: what a client trusts. */
  readonly authority: string;
}

/** Takes the certificate that is kept in `dir`, or makes one for this machine's own addresses. */
export async function developmentCertificate(dir: string, hosts: readonly string[] = []): Promise<Certificate> {
  const keyStore = join(dir, 'broker.pem');
  const authority = join(dir, 'ca.pem');
  if (existsSync(keyStore) && existsSync(authority)) return { keyStore, authority };
  mkdirSync(dir, { recursive: true });
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'GPECT development' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 3650 * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          ...hosts.map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  });
  writeFileSync(keyStore, `${key.trim()}\n${cert.trim()}\n`, { mode: 0o600 });
  writeFileSync(authority, `${cert.trim()}\n`);
  return { keyStore, authority };
}
