import { useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Route, Routes, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useSession } from './api/session.js';
import { Glance } from './pages/glance.js';
import { Home } from './pages/home.js';
import { NotFound } from './pages/not-found.js';
import { Welcome } from './pages/welcome.js';
import { Shell } from './parts/shell.js';
import { Loading, Trouble } from './parts/states.js';
import { WordsContext, wordsIn } from './words/language.js';

/** Who signed in decides what there is; the language stands in the address, so that a link is in it. */
export function App() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const words = useMemo(() => wordsIn(query.get('lang') === 'en' ? 'en' : 'fr'), [query]);
  const session = useSession();
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words.language]);
  const person = session.data?.person;
  return (
    <WordsContext value={words}>
      <RouterProvider navigate={(to) => void navigate(to)}>
        <Shell session={session.data}>
          {session.isPending && <Loading />}
          {session.isError && <Trouble error={session.error} retry={() => void session.refetch()} />}
          {session.data && !person && <Welcome query={query} path={pathname} />}
          {person && (
            <Routes>
              <Route path="/" element={<Home person={person} />} />
              <Route path="/dispositif" element={<Glance person={person} />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          )}
        </Shell>
      </RouterProvider>
    </WordsContext>
  );
}
