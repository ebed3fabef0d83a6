import { signInAt } from '../api/session.js';
import { useWords } from '../words/language.js';

/** Of somebody who has not signed in. */
export function Welcome({ query, path }: { readonly query: URLSearchParams; readonly path: string }) {
  const { say } = useWords();
  const back = new URLSearchParams(query);
  back.delete('sign-in');
  const search = back.toString();
  return (
    <>
      <h1>{say('GPEC territoriale', 'Territorial GPEC')}</h1>
      {query.get('sign-in') && (
        <p role="alert" className="masked">
          {say('La connexion n’a pas abouti. Recommencez.', 'You were not signed in. Try again.')}
        </p>
      )}
      <p>
        {say(
          'Le dispositif, ses entreprises et son bilan, pour toutes celles et ceux qui y travaillent.',
          'The programme, its firms and its outcome, for everybody who works in it.',
        )}
      </p>
      <p>
        <a className="action" href={signInAt(path + (search ? `?${search}` : ''))}>
          {say('Se connecter', 'Sign in')}
        </a>
      </p>
    </>
  );
}
