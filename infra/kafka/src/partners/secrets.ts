import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of partners, a file each that its owner alone reads; never printed, never in git. */
export class SecretsFolder {
  constructor(private readonly folder: string) {}

  partners(): Set<string> {
    if (!existsSync(this.folder)) return new Set();
    return new Set(readdirSync(this.folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : [])));
  }

  /** A new secret: the password of SCRAM and the client secret of the HTTP endpoint. */
  make(partner: string, username: string): string {
    const secret = randomBytes(32).toString('base64url');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = this.#file(partner);
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify({ partner, username, secret })}\n`, { mode: 0o600 });
    return secret;
  }

  drop(partner: string): void {
    rmSync(this.#file(partner), { force: true });
  }

  #file(partner: string): string {
    return join(this.folder, `${partner}.json`);
  }
}
