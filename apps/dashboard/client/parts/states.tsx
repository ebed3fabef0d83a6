import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useLocation } from 'react-router';
import { ProblemError } from '../api/problem.js';
import { signInAt } from '../api/session.js';
import { useWords } from '../words/language.js';

export function Loading({ what }: { readonly what?: string }) {
  const { say } = useWords();
  return (
    <p role="status" className="loading">
      {what ?? say('Chargement…', 'Loading…')}
    </p>
  );
}

/** What went wrong, in the words of whoever refused, and what can be done. */
export function Trouble({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const { say } = useWords();
  const { pathname, search } = useLocation();
  const said = error instanceof ProblemError ? error : undefined;
  if (said?.code === 'session-ended')
    return (
      <Notice title={said.problem.title}>
        <p>{said.problem.detail}</p>
        <a className="action" href={signInAt(pathname + search)}>
          {say('Se reconnecter', 'Sign in again')}
        </a>
      </Notice>
    );
  const refused = said !== undefined && said.problem.status < 500;
  return (
    <Notice title={said?.problem.title ?? say('Le réseau ne répond pas', 'The network does not answer')}>
      <p>
        {said?.problem.detail ??
          say('Vérifiez votre connexion, puis réessayez.', 'Check your connection, then try again.')}
      </p>
      {!refused && <Button onPress={retry}>{say('Réessayer', 'Try again')}</Button>}
    </Notice>
  );
}

export function Notice({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <section className="notice" role="alert">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
