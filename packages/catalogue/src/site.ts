import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type DefaultTheme, type UserConfig } from 'vitepress';
import type { Contracts } from './contracts.js';
import { pageOf, shortOf, titleIn } from './event-page.js';
import { type Language, rootOf, WORDS } from './languages.js';
import { filesOf, groupsOf, KIT, pagesOf } from './pages.js';

const HOME = fileURLToPath(new URL('..', import.meta.url));
/** Where pages are written before VitePress reads them. */
export const SOURCE = join(HOME, '.site');
const require = createRequire(import.meta.url);

/** Writes the pages and builds the site with VitePress. @returns the folder with the site, ready for any static host */
export async function buildSite(contracts: Contracts): Promise<string> {
  const source = SOURCE;
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  };
  for (const [path, text] of pagesOf(contracts)) write(path, text);
  for (const [path, text] of filesOf(contracts)) write(join('public', path), text);
  const swagger = dirname(require.resolve('swagger-ui-dist/package.json'));
  mkdirSync(join(source, 'public/swagger-ui'), { recursive: true });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    copyFileSync(join(swagger, file), join(source, 'public/swagger-ui', file));
  packKit(join(source, 'public'));
  write('.vitepress/config.mjs', `export default ${JSON.stringify(configOf(contracts))};\n`);
  await build(source);
  return join(source, '.vitepress/dist');
}

/** The conformance kit as a file that npx takes by its address. */
function packKit(folder: string): void {
  const kit = dirname(require.resolve('gpect-partner-kit/package.json'));
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: kit, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(said) as [{ filename: string }];
  renameSync(join(folder, filename), join(folder, KIT));
}

function configOf(contracts: Contracts): UserConfig<DefaultTheme.Config> {
  const of = (language: Language) => {
    const w = WORDS[language];
    return {
      label: language === 'fr' ? 'Français' : 'English',
      lang: language,
      title: w.title,
      description: w.intro,
      themeConfig: {
        nav: [
          { text: w.events, link: rootOf(language) },
          { text: w.http, link: `${rootOf(language)}http` },
          { text: w.changes, link: `${rootOf(language)}changes` },
        ],
        sidebar: groupsOf(contracts).map(([group, events]) => ({
          text: w.groups[group],
          items: events.map((event) => ({
            text: `${titleIn(language, contracts, event)} ${shortOf(event.type).split('.')[1]}`,
            link: rootOf(language) + pageOf(event),
          })),
        })),
        langMenuLabel: w.language,
        ...(language === 'fr'
          ? {
              outline: { label: 'Sur cette page' },
              docFooter: { prev: 'Précédent', next: 'Suivant' },
              darkModeSwitchLabel: 'Apparence',
              sidebarMenuLabel: 'Menu',
              returnToTopLabel: 'Haut de page',
            }
          : {}),
      },
    };
  };
  return {
    // The name of a block's language is too pale for weak eyes.
    head: [['style', {}, ".vp-doc [class*='language-'] > span.lang { color: var(--vp-c-text-1) }"]],
    lang: 'fr',
    locales: { root: of('fr'), en: { ...of('en'), link: '/en/' } },
    themeConfig: {
      // Words of the frame in English are VitePress's own.
      search: {
        provider: 'local',
        options: {
          translations: {
            button: { buttonText: WORDS.fr.search, buttonAriaLabel: WORDS.fr.search },
            modal: {
              displayDetails: 'Montrer le détail',
              resetButtonTitle: 'Effacer',
              backButtonTitle: 'Fermer la recherche',
              noResultsText: 'Rien trouvé pour',
              footer: { navigateText: 'parcourir', selectText: 'choisir', closeText: 'fermer' },
            },
          },
          locales: {
            en: { translations: { button: { buttonText: WORDS.en.search, buttonAriaLabel: WORDS.en.search } } },
          },
        },
      },
    },
  };
}
