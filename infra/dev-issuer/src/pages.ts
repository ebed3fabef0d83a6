import type { Person } from './persons.js';

/** Everybody there is, each a button. */
export function chooseFrom(persons: readonly Person[], uid: string): string {
  const buttons = persons.map(
    ({ id, name, does }) =>
      `<li><button name="person" value="${escaped(id)}"><strong>${escaped(name)}</strong><br>${escaped(does)}</button></li>`,
  );
  return page(
    'Qui êtes-vous ?',
    `<p>Ce dispositif est un essai : choisissez une personne, sans mot de passe.</p>
<form method="post" action="/interaction/${escaped(uid)}"><ul>${buttons.join('')}</ul></form>`,
  );
}

/** @param form the provider's own form, which its button sends */
export function askWhetherToSignOut(form: string): string {
  return page(
    'Se déconnecter ?',
    `${form}<button autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Se déconnecter</button>`,
  );
}

export const saySignedOut = (): string => page('Vous êtes déconnecté', '');

function page(title: string, body: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<title>${title}</title><style>
body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
ul{list-style:none;padding:0;display:grid;gap:.75rem}button{font:inherit;width:100%;padding:.75rem;text-align:left}
</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
