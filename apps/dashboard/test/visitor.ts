/** A browser without pages: it keeps cookies by host, follows redirects, and chooses who to be at the provider. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  /** One request, redirects not followed. */
  async ask(url: string, options: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(options.headers as Record<string, string>), ...(cookie ? { cookie } : {}) };
    const answer = await fetch(new URL(url, this.url), { redirect: 'manual', ...options, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Where one ends up. */
  async follow(url: string, options: RequestInit = {}): Promise<Response> {
    let answer = await this.ask(url, options);
    let at = new URL(url, this.url);
    for (let location = answer.headers.get('location'); location !== null; location = answer.headers.get('location')) {
      at = new URL(location, at);
      answer = await this.ask(at.href);
    }
    Object.defineProperty(answer, 'url', { value: at.href });
    return answer;
  }

  /** Signs in as somebody, and is where that leads. */
  async signIn(person: string, to = '/'): Promise<Response> {
    const choice = await this.follow(`/sign-in?to=${encodeURIComponent(to)}`);
    return this.follow(choice.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ person }).toString(),
    });
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** As a browser that was given this cookie by somebody. */
  withCookie(name: string, value: string): this {
    this.#cookies.set(name, value);
    return this;
  }

  async session(): Promise<{ person: { name: string; roles: string[] } | null; csrf?: string }> {
    return (await (await this.ask('/session')).json()) as never;
  }
}
