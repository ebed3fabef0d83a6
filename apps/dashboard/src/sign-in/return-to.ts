/** Where somebody goes after signing in: a page of ours that they asked for, else home. Pure. */
export function returnTo(asked: unknown, home: string): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, home)) return '/';
  // Whatever a browser makes of it (`//elsewhere`, `/\elsewhere`), it stays with us.
  const url = new URL(asked, home);
  return url.origin === new URL(home).origin ? url.pathname + url.search + url.hash : '/';
}
