import { expect, test } from '@jest/globals';
import { uploadSaid } from './upload-metadata.js';

const b64 = (bytes: string | Buffer) => Buffer.from(bytes as string).toString('base64');
const header = (filename: string | Buffer, more: Record<string, string> = {}) =>
  Object.entries({ filename, programme: 'npdc', funder: 'opca-a', ...more })
    .map(([name, value]) => `${name} ${b64(value)}`)
    .join(',');
const codeOf = (said: string | undefined): unknown => {
  try {
    return uploadSaid(said);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('what is said of a file is read, its name without folders', () => {
  expect(uploadSaid(header('C:\\dépenses\\mars été.csv', { filetype: 'text/csv' }))).toEqual({
    filename: 'mars été.csv',
    programme: 'npdc',
    funder: 'opca-a',
  });
});

test.each<[string, string | undefined]>([
  ['a name in Latin-1', header(Buffer.from('été.csv', 'latin1'))],
  ['U+0000 in a name', header('a\u0000.csv')],
  ['two lines', header('a\nb.csv')],
  ['half a surrogate pair', header(Buffer.from([0xed, 0xa0, 0x80]))],
  ['a control character in what nobody asked for', header('a.csv', { note: '\u0007' })],
  ['a programme that is no code', header('a.csv', { programme: 'A B' })],
  ['a funder of 300 characters', header('a.csv', { funder: 'a'.repeat(300) })],
  ['no funder', `filename ${b64('a.csv')},programme ${b64('npdc')}`],
  ['a name without a value', 'filename,programme,funder'],
  ['no base64', 'filename !,programme YQ==,funder YQ=='],
  ['the same name twice', `${header('a.csv')},funder ${b64('opca-b')}`],
  ['nothing', undefined],
])('%s is refused before anything is kept', (_what, said) => {
  expect(codeOf(said)).toBe('upload-metadata');
});

test.each(['', '  ', '\u2800', 'dossier/', 'x'.repeat(256)])('a file is named: %j', (name) => {
  expect(['file-name', 'upload-metadata']).toContain(codeOf(header(name)));
});

test.each([header('a\u0000.csv'), header('a.csv', { programme: 'A B' }), `filename ${b64('a.csv')}`, 'filename !'])(
  'a clerk is told in French what is wrong: %s',
  (said) => {
    expect(() => uploadSaid(said)).toThrow(
      expect.objectContaining({
        more: expect.objectContaining({ french: expect.stringMatching(/^Upload-Metadata : .*\p{L}/u) }),
      }),
    );
  },
);
