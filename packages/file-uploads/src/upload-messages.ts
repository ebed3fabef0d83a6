import { own } from '@gpect/domain-values/records';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Title } from '@gpect/service-kit/http/titles';
import { type Language, type Message, type Params, saidIn } from '@gpect/tabular-files/messages';

/** Why a file is not taken at an endpoint before anything of it is read, and what cannot be given back; by the code of the problem. */
export const UPLOAD_MESSAGES = {
  no_file: {
    fr: [
      'la requête ne contient pas de fichier',
      'envoyez-le dans une partie du formulaire qui porte un nom de fichier',
    ],
    en: ['the request holds no file', 'send one multipart part with a file name'],
  },
  malformed: {
    fr: ['le formulaire ne peut pas être lu ({why})', 'renvoyez le fichier, seul dans son formulaire'],
    en: ['the form cannot be read ({why})', 'send the file again, alone in its form'],
  },
  'malformed.dialect': {
    fr: [
      'la partie "dialect" n’est pas un dialecte',
      'envoyez avant le fichier un objet JSON qui nomme les colonnes ("columns")',
    ],
    en: ['the part "dialect" is no dialect', 'send JSON with "columns" before the file'],
  },
  file_name: {
    fr: ['le nom du fichier ne peut pas être gardé ({why})', 'renommez le fichier et renvoyez-le'],
    en: ['the name of the file cannot be kept (its name {why})', 'rename the file and send it again'],
  },
  file_too_large: {
    fr: ['un fichier a au plus {most}', 'envoyez-le en plusieurs'],
    en: ['one file has at most {most}', 'send it in several'],
  },
  upload_quota: {
    fr: [
      '{who} peut envoyer {files} fichiers et {bytes} par jour ; {sentFiles} fichiers et {sentBytes} sont venus aujourd’hui',
      'renvoyez-le à partir de minuit (heure de Paris)',
    ],
    en: [
      '{who} may send {files} files and {bytes} a day; {sentFiles} files and {sentBytes} came today',
      'send it from midnight (Paris) on',
    ],
  },
  'upload_quota.all': {
    fr: [
      'tous ensemble peuvent envoyer {files} fichiers et {bytes} par jour ; {sentFiles} fichiers et {sentBytes} sont venus aujourd’hui',
      'renvoyez-le à partir de minuit (heure de Paris)',
    ],
    en: [
      'all senders together may send {files} files and {bytes} a day; {sentFiles} files and {sentBytes} came today',
      'send it from midnight (Paris) on',
    ],
  },
  import_unknown: {
    fr: [
      'il n’y a pas de tel fichier, ou aucune de ses lignes n’a été refusée, ou il est venu il y a plus de 30 jours',
      'renvoyez le fichier d’origine, aucune ligne n’est prise deux fois',
    ],
    en: [
      'there is no such file, or none of its lines was refused, or it came more than 30 days ago',
      'send the first file again, no line is taken twice',
    ],
  },
  file_unknown: {
    fr: ['il n’y a pas de fichier {id}', 'GET /files donne la liste de ceux qui sont venus'],
    en: ['no file {id}', 'GET /files lists those that came'],
  },
  try_again: {
    fr: ['le fichier est gardé et n’est pas encore lu, rien n’est perdu', 'suivez-le sous /files/{id}, ou renvoyez-le'],
    en: ['the file is kept and not read yet, nothing is lost', 'follow it at /files/{id}, or send it again'],
  },
  'try_again.changed': {
    fr: ['le fichier a changé à ce moment, rien n’a été fait', 'renvoyez la demande'],
    en: ['the file changed at this moment, nothing was done', 'send it again'],
  },
} as const satisfies Record<string, Message>;

type UploadMessage = keyof typeof UPLOAD_MESSAGES;

const STATUS: ReadonlyMap<string, readonly [status: number, title: Title]> = new Map([
  ['no_file', [400, 'No file']],
  ['malformed', [400, 'Malformed upload']],
  ['file_name', [400, 'The file has no name that can be kept']],
  ['file_too_large', [413, 'The file is too large']],
  ['upload_quota', [429, 'More files than may be sent in a day']],
  ['import_unknown', [404, 'Not found']],
  ['file_unknown', [404, 'Not found']],
  ['try_again', [503, 'Not now']],
]);

/** The problem that an endpoint answers, in both languages. */
export function uploadProblem(
  key: UploadMessage,
  params: Params | ((language: Language) => Params) = {},
  retryAfter?: number,
): Problem {
  const [code = key] = key.split('.');
  const message = own(UPLOAD_MESSAGES, key) as Message;
  const [status, title] = STATUS.get(code) ?? [400, 'Malformed request'];
  const inEach = typeof params === 'function' ? params : () => params;
  const { fr: french, en: detail } = saidIn(message, inEach('fr'), inEach('en'));
  return new Problem(status, code.replaceAll('_', '-'), title, { detail, french }, retryAfter);
}
