import { createHash } from 'node:crypto';
import type { Declared } from './declaration.js';

/** The partner gateway as operations meet it. */
export class Gateway {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async declared(): Promise<Map<string, Declared>> {
    const { partners } = (await this.#ask('GET', '/partners')) as { partners: Declared[] };
    return new Map(partners.map((p) => [p.partner, p]));
  }

  async declare(declared: Declared): Promise<void> {
    await this.#ask('POST', '/partners', declared);
  }

  async withdraw(partner: string): Promise<void> {
    await this.#ask('POST', `/partners/${partner}/withdrawal`);
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const text = body && JSON.stringify(body);
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(text ? { 'content-type': 'application/json' } : {}),
        ...(text ? { 'idempotency-key': createHash('sha256').update(`${Date.now()}${text}`).digest('hex') } : {}),
      },
      ...(text ? { body: text } : {}),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`the partner gateway refused ${method} ${path}: ${response.status} ${answer}`);
    return JSON.parse(answer);
  }
}
