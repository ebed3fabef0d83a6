import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { until } from '@gpect/test-kit/until';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { SIRETS } from './firms.js';
import { type Field, formOf, openField, openProgramme } from './harness.js';
import { type FileReport, opcaA, opcaC, SpendClient, settledEvents } from './spend-field.js';

let field: Field;
let spend: SpendClient;
beforeAll(async () => {
  field = await openField(true, ['enrolment', 'training-spend']);
  spend = new SpendClient(field);
});
afterAll(() => field.stop());

const report = async (programme: string, lines: Parameters<typeof opcaC>[0], name = 'f.csv') =>
  (await spend.send(programme, 'opca-c', name, opcaC(lines))).body as unknown as FileReport & Record<string, number>;

describe('lines that wait for their original', () => {
  test('are said to wait, and settle in the report of their own file when it comes', async () => {
    const early = await report('waiting', [
      { reference: 'W1', cents: 500, operation: 'ANNULATION' },
      { reference: 'W2', cents: 700, operation: 'ANNULATION' },
      { reference: 'W3', cents: 900, operation: 'ANNULATION' },
    ]);
    expect(early).toMatchObject({ waiting: 3, accepted: 0, cents: { in: 2100, waiting: 2100 } });
    expect((await settledEvents(field, 'waiting')).lines).toBe(0);
    const originals = await report('waiting', [
      { reference: 'W1', cents: 500 },
      { reference: 'W2', cents: 701 },
    ]);
    expect(originals).toMatchObject({ accepted: 2, refused: 0 });
    const settled = await spend.file('waiting', 'opca-c', String(early['fileId']));
    expect(settled).toMatchObject({
      counts: { waiting: 1, cancelled: 1, refused: 1 },
      cents: { waiting: 900, cancelled: 500, refused: 700 },
      refusals: [{ line: 3, reason: 'cancellation_differs' }],
    });
    expect(await settledEvents(field, 'waiting')).toMatchObject({ cents: 701, lines: 1, refused: 1 });
  });

  test('within one file, the cancellation above its original', async () => {
    const both = await report('waiting-inside', [
      { reference: 'I1', cents: 500, operation: 'ANNULATION' },
      { reference: 'I1', cents: 500 },
    ]);
    expect(both).toMatchObject({
      waiting: 0,
      cancelled: 1,
      accepted: 1,
      cents: { in: 1000, accepted: 500, cancelled: 500 },
    });
    expect(await settledEvents(field, 'waiting-inside')).toMatchObject({ cents: 0, lines: 0 });
  });
});

describe('a mended line enters once', () => {
  test('refused lines come back as the funder wrote them, with what to do; mended and sent back, twice, they count once', async () => {
    const bytes = Buffer.from(
      'ref,siret,company,paid_on,scheme,hours,trainees,amount_ht,operation\n' +
        `M1,${SIRETS[0]},=cmd|'/c calc'!A0,2012-03-01,plan,7,1,12.50,CREATION\n` +
        `M2,x,"=cmd|'/c calc'!A0",2012-03-01,plan,7,1,99.99,CREATION\n` +
        `M3,${SIRETS[1]},+33 3 20,2012-02-30,plan,7,1,-10.00,CREATION\n` +
        `M4,${SIRETS[1]},"a ""b"", c",2012-03-01,???,7,1,5.00,CREATION\n`,
    );
    const first = (await spend.send('mend', 'opca-c', 'mars.csv', bytes)).body as unknown as FileReport & {
      refused: number;
    };
    expect(first).toMatchObject({ accepted: 1, refused: 3 });
    const response = await spend.call(`/files/mend/opca-c/${first.fileId}/refusals.csv`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=mars-a-corriger.csv');
    const csv = await response.text();
    const rows = parse(csv, { bom: true });
    expect(rows.map((r) => [r[0], r[2], r[7], ...r.slice(9, 12)])).toEqual([
      ['ref', 'company', 'amount_ht', 'ligne refusée', 'motif', 'colonne en cause'],
      ['M2', "'=cmd|'/c calc'!A0", `="'99.99"`, '3', 'siret_invalid', 'siret'],
      ['M3', `="'+33 3 20"`, `="'-10.00"`, '4', 'date_unreadable', 'paid_on'],
      ['M4', 'a "b", c', `="'5.00"`, '5', 'scheme_unknown', 'scheme'],
    ]);
    const mended = csv.replace('M2,x,', `M2,${SIRETS[0]},`).replace('2012-02-30', '2012-02-29').replace('???', 'dif');
    for (const name of ['mars-corrige.csv', 'mars-corrige-bis.csv'])
      expect((await spend.send('mend', 'opca-c', name, Buffer.from(mended))).body).toMatchObject({
        accepted: 3,
        refused: 0,
      });
    expect(await settledEvents(field, 'mend')).toMatchObject({ lines: 4, cents: 1250 + 9999 - 1000 + 500 });
  });
});

describe('a file is withdrawn whole', () => {
  test('each of its lines is cancelled by an event, what another file brought too stays, and the same bytes are read anew', async () => {
    const shared = { reference: 'X1', cents: 111 };
    const bad = await report(
      'undo',
      [shared, { reference: 'X2', cents: 222 }, { reference: 'X3', cents: 1, siret: 'x' }],
      'faux.csv',
    );
    await report('undo', [shared, { reference: 'X4', cents: 444 }], 'bon.csv');
    expect(await settledEvents(field, 'undo')).toMatchObject({ cents: 777, lines: 3 });
    const path = `/files/undo/opca-c/${bad['fileId']}/withdraw`;
    expect((await spend.post(path, { reason: 'envoyé par erreur' })).status).toBe(200);
    await spend.fileAt('undo', 'opca-c', String(bad['fileId']), 'WITHDRAWN');
    const after = await settledEvents(field, 'undo');
    expect(after).toMatchObject({
      cents: 555,
      lines: 2,
      events: { 'spend-lines-cancelled': 1, 'spend-file-withdrawn': 1 },
    });
    expect((await spend.post(path, { reason: 'encore' })).status).toBe(200);
    expect((await settledEvents(field, 'undo')).events).toEqual(after.events);
    const again = await report(
      'undo',
      [shared, { reference: 'X2', cents: 222 }, { reference: 'X3', cents: 1, siret: 'x' }],
      'faux.csv',
    );
    expect(again).toMatchObject({ accepted: 1, repeated: 1, refused: 1 });
    expect(await settledEvents(field, 'undo')).toMatchObject({ cents: 777, lines: 3 });
  });

  test('a file that took no line has nothing to withdraw', async () => {
    const { body } = await spend.json(`/files/undo/opca-c/${'b'.repeat(64)}`);
    expect(body).toMatchObject({ status: 404, type: 'urn:gpect:problem:file-unknown' });
    await spend.send('undo-none', 'opca-c', 'f.pdf', Buffer.from('%PDF-1.4\n'));
    const [file] = (await spend.json('/files?programme=undo-none')).body['files'] as FileReport[];
    const answer = await spend.post(`/files/undo-none/opca-c/${file?.fileId}/withdraw`, { reason: 'x' });
    expect(answer).toMatchObject({
      status: 409,
      body: { type: 'urn:gpect:problem:nothing-to-withdraw', state: 'REJECTED' },
    });
  });

  test('thousands of lines, in events of at most five hundred', async () => {
    const { bytes, cents } = opcaA(9000, 'Z');
    const { fileId } = (await spend.send('undo-large', 'opca-a', 'grand.csv', bytes)).body as unknown as FileReport;
    expect((await settledEvents(field, 'undo-large')).cents).toBe(cents);
    await spend.post(`/files/undo-large/opca-a/${fileId}/withdraw`, { reason: 'mauvais programme' });
    await spend.fileAt('undo-large', 'opca-a', fileId, 'WITHDRAWN');
    expect(await settledEvents(field, 'undo-large')).toMatchObject({ cents: 0, lines: 0 });
  });
});

describe('a new funder, without code and without deployment', () => {
  const sent = Buffer.from(
    'Export AKTO 2016;;;;\nN° dossier;SIRET;Réglé le;Dispositif;Montant\n' +
      `A1;${SIRETS[0]};15/01/2016;C.P.F.;1 234,56 €\nA2;${SIRETS[1]};16/01/2016;Plan;(12,00)\nA3;${SIRETS[1]};17/01/2016;Surprise;7,00\n`,
  );
  test('preview proposes a dialect; completed, published, it reads the file; a newer version reads again what it refused', async () => {
    const preview = async (dialect?: object) =>
      (
        await spend.json('/previews?funder=akto', {
          method: 'POST',
          body: formOf('x.csv', sent, dialect ? { dialect: JSON.stringify(dialect) } : {}),
        })
      ).body as {
        proposed: boolean;
        dialect: { schemes: object };
        faults: string[];
        headings: string[];
        lines: { read?: object; refusal?: { reason: string } }[];
      };
    const proposal = await preview();
    expect(proposal).toMatchObject({
      proposed: true,
      delimiter: ';',
      headings: ['N° dossier', 'SIRET', 'Réglé le', 'Dispositif', 'Montant'],
      faults: [expect.stringContaining('Surprise')],
      lines: [
        { line: 3, read: { reference: 'A1', scheme: 'CPF', amountCents: 123_456, paidOn: '2016-01-15' } },
        { line: 4, read: { amountCents: -1200 } },
        { line: 5, refusal: { reason: 'scheme_unknown' } },
      ],
    });
    expect((await spend.send('akto', 'akto', 'x.csv', sent)).status).toBe(404);
    expect((await spend.post('/dialects/akto', proposal.dialect)).status).toBe(200);
    const first = await spend.send('akto', 'akto', 'x.csv', sent);
    expect(first.body).toMatchObject({ accepted: 2, refused: 1 });
    const better = { ...proposal.dialect, schemes: { ...proposal.dialect.schemes, Surprise: 'DIF' } };
    expect((await preview(better)).lines[2]).toMatchObject({ read: { scheme: 'DIF' } });
    await spend.post('/dialects/akto', better);
    expect((await spend.send('akto', 'akto', 'x.csv', sent)).body).toMatchObject({ accepted: 3, refused: 0 });
    const { lines, cents, events } = await settledEvents(field, 'akto');
    expect([lines, cents, events['spend-file-reopened']]).toEqual([3, 123_456 - 1200 + 700, 1]);
    expect((await spend.json('/dialects/akto')).body['versions']).toMatchObject([{ version: 2 }, { version: 1 }]);
  });

  test('a dialect that contradicts itself, or its schema, is refused with the field', async () => {
    const whole = {
      columns: { reference: ['r'], siret: ['s'], paidOn: ['d'], scheme: ['x'], amount: ['m'] },
      schemes: { a: 'NOPE' },
    };
    expect(await spend.post('/dialects/neuf', whole)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/schemes' }] },
    });
    expect((await spend.post('/dialects/neuf', { ...whole, columns: { reference: ['r'] } })).status).toBe(400);
  });
});

describe('what is no file of spend is refused clearly, and the service stays up', () => {
  const heading = 'ref,siret,company,paid_on,scheme,hours,trainees,amount_ht,operation\n';
  const FILES: readonly (readonly [what: string, bytes: () => Buffer, code: string])[] = [
    ['an empty file', () => Buffer.alloc(0), 'file-empty'],
    ['headings alone', () => Buffer.from(heading), 'no-lines'],
    ['other headings', () => Buffer.from('a,b\n1,2\n'), 'columns-missing'],
    ['a PDF named .csv', () => Buffer.from('%PDF-1.4\n…'), 'pdf-given'],
    ['another encoding than declared', () => Buffer.from(`${heading}é`, 'latin1'), 'encoding-differs'],
    ['another separator than declared', () => Buffer.from(heading.replaceAll(',', ';')), 'delimiter-differs'],
    [
      'a line of 100 MB',
      () => Buffer.concat([Buffer.from(heading), Buffer.alloc(100 * 2 ** 20, 'x')]),
      'line-too-long',
    ],
    ['a million columns', () => Buffer.from(`${'c,'.repeat(1_000_000)}\n`), 'line-too-long'],
    ['a gzip bomb', () => gzipSync(Buffer.alloc(400 * 2 ** 20, heading)), 'archive-bomb'],
    ['an archive in an archive', () => gzipSync(gzipSync(Buffer.from(heading))), 'archive-nested'],
  ];
  test.each(FILES.map(([what, bytes, code]) => ({ what, bytes, code })))('$what', async ({ what, bytes, code }) => {
    const programme = `bad-${FILES.findIndex((f) => f[0] === what)}`;
    const { status, body } = await spend.send(programme, 'opca-c', '../../etc/mauvais.csv', bytes());
    expect([status, body['type']]).toEqual([422, `urn:gpect:problem:${code}`]);
    expect(String(body['detail']).length).toBeGreaterThan(20);
    const [file] = (await spend.json(`/files?programme=${programme}`)).body['files'] as FileReport[];
    expect(file).toMatchObject({
      file: 'mauvais.csv',
      status: 'REJECTED',
      reason: code.replaceAll('-', '_'),
      lines: 0,
    });
    expect((await settledEvents(field, programme)).events).toEqual({ 'spend-file-rejected': 1 });
  });
  test('in bounded memory, and it takes good files as before', async () => {
    const pid = field.stack.pids()['training-spend'];
    const mb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    expect(mb).toBeLessThan(500);
    expect((await report('good', [{ reference: 'G1', cents: 1 }]))['accepted']).toBe(1);
  });
});

describe('the spend of a firm', () => {
  const programme = 'firme';
  const [siret = '', other = '', old = ''] = SIRETS;
  const state = { roles: ['state'] };
  const carrier = { roles: ['carrier'], carrier: 'c' };
  const firm = async () => (await spend.json(`/spend/${programme}/${siret}`)).body;

  test('is linked to its enrolment whether the lines or the enrolment came first, with windows, practices and moves', async () => {
    await openProgramme(field, programme);
    await field.api.command('enrolment', carrier, '/collective-actions', {
      programme,
      code: 'arras',
      name: 'Arras',
      basins: ['artois-ternois'],
      startsOn: '2008-01-01',
      durationMonths: 18,
      targetFirms: 3,
      carriers: [{ code: 'c', name: 'C' }],
    });
    await report(programme, [
      { reference: 'P1', siret, cents: 1000, on: '2008-04-30' },
      { reference: 'P2', siret, cents: 10, on: '2008-05-01' },
      { reference: 'P3', siret: other, cents: 7, on: '2008-04-01' },
      { reference: 'P4', siret: old, cents: 500, on: '2008-03-01', scheme: 'dif' },
    ]);
    expect(await firm()).toMatchObject({ lines: [{ reference: 'P1', status: 'RECORDED' }, { reference: 'P2' }] });
    expect((await firm())['enrolledOn']).toBeUndefined();
    const detected = {
      programme,
      action: 'arras',
      siret,
      name: 'Mécanique',
      commune: '62041',
      basin: 'artois-ternois',
      naf: '25.62B',
      headcount: 41,
      detectedOn: '2008-02-01',
      source: 'PORTEUR',
    };
    const path = `/firms/${programme}/${siret}`;
    await field.api.command('enrolment', carrier, '/firms', detected);
    const scores = { manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 };
    await field.api.command('enrolment', carrier, `${path}/qualification`, { scores });
    await field.api.command('enrolment', carrier, `${path}/agreement`, { signedOn: '2008-05-20' });
    await field.api.command('enrolment', carrier, `${path}/completion`, { completedOn: '2009-06-10' });
    await report(programme, [
      { reference: 'P5', siret, cents: 4000, on: '2009-07-01', scheme: 'tutorat' },
      { reference: 'P6', siret, cents: 50, on: '2010-06-30' },
      { reference: 'P7', siret, cents: 3, on: '2010-07-01' },
    ]);
    const whole = await until(firm, (f) => f['completedOn'] !== undefined);
    expect(whole).toMatchObject({
      enrolledOn: '2008-05-20',
      completedOn: '2009-06-10',
      windows: {
        before: { from: '2007-05', until: '2008-05', cents: 1000, lines: 1 },
        after: { from: '2009-07', until: '2010-07', cents: 4050, lines: 2 },
      },
      practices: {
        firstUses: [
          { scheme: 'PLAN', on: '2008-04-30', sinceEnrolment: false },
          { scheme: 'TUTORAT', on: '2009-07-01', sinceEnrolment: true },
        ],
        contacts: [],
      },
    });
    expect(
      (await spend.post(`/contacts/${programme}/opca-c/V1`, { siret, on: '2009-01-12', kind: 'VISIT' })).status,
    ).toBe(200);
    expect(
      (await spend.post(`/contacts/${programme}/opca-c/V2`, { siret, on: '2099-01-12', kind: 'CALL' })).status,
    ).toBe(422);
    const closed = { on: '2008-04-01', successor: siret };
    expect((await spend.post(`/establishments/${old}/closure`, closed)).status).toBe(403);
    // No programme knows the one that closed: nobody has charge of it but who has charge of all.
    await field.api.command('training-spend', state, `/establishments/${old}/closure`, closed);
    expect(await firm()).toMatchObject({
      alsoKnownAs: [old],
      windows: { before: { cents: 1500, lines: 2 } },
      practices: {
        firstUses: [{ scheme: 'DIF', on: '2008-03-01', sinceEnrolment: false }, {}, {}],
        contacts: [{ reference: 'V1', on: '2009-01-12', kind: 'VISIT' }],
      },
    });
    const late = await report(programme, [{ reference: 'P8', siret: old, cents: 1, on: '2008-06-01' }]);
    expect(await spend.file(programme, 'opca-c', String(late['fileId']))).toMatchObject({
      remarks: { establishmentClosed: 1 },
    });
  });
});
