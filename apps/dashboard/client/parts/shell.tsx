import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button, Link } from 'react-aria-components';
import { useLocation, useSearchParams } from 'react-router';
import { type Session, signOut } from '../api/session.js';
import { useWords } from '../words/language.js';

/** What stands around every page: whose pages they are, the language, who signed in. */
export function Shell({ session, children }: { readonly session: Session | undefined; readonly children: ReactNode }) {
  const { say } = useWords();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    // Whoever uses no mouse is where the new page begins.
    if (before.current !== pathname) main.current?.focus();
    before.current = pathname;
  }, [pathname]);
  return (
    <>
      <a className="skip" href="#main">
        {say('Aller au contenu', 'Skip to content')}
      </a>
      <header className="top">
        <Link className="brand" href={useAddress('/')}>
          {say('GPEC territoriale', 'Territorial GPEC')}
        </Link>
        <nav aria-label={say('Langue et compte', 'Language and account')}>
          <LanguageLink />
          <Account session={session} />
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer>
        {say(
          'Gestion prévisionnelle des emplois et des compétences dans les petites entreprises.',
          'Forward-looking management of jobs and skills in small firms.',
        )}
      </footer>
    </>
  );
}

/** The same view in the other language. */
function LanguageLink() {
  const { language, say } = useWords();
  const { pathname } = useLocation();
  const [query] = useSearchParams();
  const other = new URLSearchParams(query);
  if (language === 'fr') other.set('lang', 'en');
  else other.delete('lang');
  const search = other.toString();
  return (
    <Link href={pathname + (search ? `?${search}` : '')}>
      <span lang={say('en', 'fr')}>{say('English', 'Français')}</span>
    </Link>
  );
}

function Account({ session }: { readonly session: Session | undefined }) {
  const { say } = useWords();
  const queries = useQueryClient();
  if (!session?.person || !session.csrf) return null;
  const { csrf, person } = session;
  const leave = async () => {
    const to = await signOut(csrf).catch(() => '/');
    queries.clear();
    window.location.assign(to);
  };
  return (
    <>
      <span className="who">{person.name}</span>
      <Button onPress={() => void leave()}>{say('Se déconnecter', 'Sign out')}</Button>
    </>
  );
}

/** The address of a page in the language that is read. */
export function useAddress(path: string, query = new URLSearchParams()): string {
  const { language } = useWords();
  const whole = new URLSearchParams(query);
  if (language === 'en') whole.set('lang', 'en');
  const search = whole.toString();
  return path + (search ? `?${search}` : '');
}
