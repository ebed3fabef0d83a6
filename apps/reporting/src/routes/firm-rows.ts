import type { components } from '@gpect/contracts/generated/api-reporting';
import { problemOf } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import { answering } from '../answers/answers.js';
import { csvTable } from '../exports/csv.js';
import { spreadsheet } from '../exports/formats.js';
import type { Language } from '../exports/labels.js';
import { codebookSheet, firmSheets } from '../firm-file/documents.js';
import { codebook, filesTold } from '../firm-file/firm-file.js';
import type { SightAsked } from '../releases/sights.js';
import { type Disclosed, madeOf } from '../secrecy/disclosed.js';
import type { Looks } from './looked.js';

type FirmRows = components['schemas']['FirmRows'];

export function firmRowRoutes(looks: Looks) {
  function rowsFor(grant: Grant, asked: SightAsked): Promise<Disclosed<FirmRows>> {
    const { programme, asOf } = asked;
    return looks.at(grant, asked, ['firms'], [], async ({ firmFiles, release }) => {
      const files = await firmFiles();
      return {
        programme,
        ...(asOf ? { asOf } : {}),
        files: filesTold(files),
        codebook: codebook(files),
        ...(release ? { release } : {}),
        secrecy: release ? ('applied' as const) : ('none' as const),
      };
    });
  }

  return answering<'GET /bilan/firms' | 'GET /bilan/firms/codebook'>({
    'GET /bilan/firms': async ({ query, request }) => {
      const { programme, format = 'json', lang = 'fr', file } = query;
      const rows = await rowsFor(grantOf(request), query);
      if (format === 'json') return rows;
      const name = `entreprises-${programme}`;
      if (format !== 'csv') {
        const bytes = await madeOf(rows, (of) => spreadsheet(format, titleOf(of, lang), firmSheets(of, lang), lang));
        return { name, format, bytes };
      }
      const bytes = madeOf(rows, (of) => {
        const one = fileCalled(of, file);
        return csvTable(one?.columns ?? [], one?.rows ?? [], lang);
      });
      return { name: file ? `${name}-${file}` : name, format, bytes };
    },

    'GET /bilan/firms/codebook': async ({ query, request }) => {
      const { programme, format = 'json', lang = 'fr' } = query;
      const rows = await rowsFor(grantOf(request), query);
      const book = madeOf(rows, ({ files: _files, asOf: _asOf, ...said }) => said);
      if (format === 'json') return book;
      const bytes = await madeOf(book, async (of) => {
        const sheet = codebookSheet(of, lang);
        return format === 'csv'
          ? csvTable(sheet.head, sheet.rows, lang)
          : spreadsheet(format, titleOf(of, lang), [sheet], lang);
      });
      return { name: `dictionnaire-${programme}`, format, bytes };
    },
  });
}

function titleOf({ programme, release }: Pick<FirmRows, 'programme' | 'release'>, language: Language): string[] {
  const title = language === 'fr' ? 'Fichier de l’évaluateur' : "The evaluator's file";
  return [title, release ? `${programme} · ${release.date}` : programme];
}

/** @throws Problem 404 for a file that there is not */
function fileCalled({ files }: FirmRows, id: string | undefined): FirmRows['files'][number] | undefined {
  const found = id === undefined ? files[0] : files.find((file) => file.id === id);
  if (found || id === undefined) return found;
  const known = files.map((file) => file.id).join(', ') || '–';
  throw problemOf({
    code: 'file_unknown',
    kind: 'unknown',
    field: 'file',
    value: id,
    detail: `there is no file ${id}; there are ${known}`,
    french: `il n’y a pas de fichier ${id}\u00a0; il y a ${known}`,
  });
}
