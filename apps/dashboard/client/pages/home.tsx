import { Link } from 'react-aria-components';
import type { Person } from '../api/session.js';
import { useAddress } from '../parts/shell.js';
import { roleNames, seesBilan } from '../roles.js';
import { useWords } from '../words/language.js';

/** Who one is here, and the pages that are one's own. */
export function Home({ person }: { readonly person: Person }) {
  const { say } = useWords();
  const glance = useAddress('/dispositif');
  const roles = person.roles.map((role) => say(...roleNames(role)));
  const codes = [...new Set(Object.values(person.codes).flat())];
  return (
    <>
      <h1>{say(`Bonjour, ${person.name}`, `Hello, ${person.name}`)}</h1>
      <p>
        {say('Vous travaillez ici comme : ', 'You work here as: ')}
        <strong>{roles.join(', ') || say('aucun rôle', 'no role')}</strong>
        {codes.length > 0 && ` (${codes.join(', ')})`}
      </p>
      {seesBilan(person.roles) ? (
        <ul className="doors">
          <li>
            <Link href={glance}>{say('Le dispositif en un coup d’œil', 'The programme at a glance')}</Link>
            <p>
              {say(
                'Entreprises touchées, objectifs, effets, dépenses, territoires.',
                'Firms reached, objectives, effects, spend, territories.',
              )}
            </p>
          </li>
        </ul>
      ) : (
        <p>
          {say(
            'Aucune page n’est encore ouverte à ce rôle : les services se lisent par leur API.',
            'No page is open to this role yet: services are read by their APIs.',
          )}
        </p>
      )}
    </>
  );
}
