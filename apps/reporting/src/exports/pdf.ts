import PDFDocument from 'pdfkit';
import type { Language } from './labels.js';
import type { Sheet } from './sheet.js';
import { written } from './written.js';

const MARGIN = 40;

/** A document to print: A4, a title, one table after the other, the page and the pages at the foot. */
export function pdfOf(
  { title, subtitle, sheets }: { readonly title: string; readonly subtitle: string; readonly sheets: readonly Sheet[] },
  language: Language,
): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    bufferPages: true,
    lang: language === 'fr' ? 'fr-FR' : 'en-GB',
    info: { Title: title, Subject: subtitle },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.font('Helvetica-Bold').fontSize(20).text(title);
  document.font('Helvetica').fontSize(11).fillColor('#444').text(subtitle).fillColor('black').moveDown();
  for (const sheet of sheets.filter((s) => s.rows.length > 0)) addSheet(document, sheet, language);
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    // The foot stands in the margin, where text would begin a new page.
    document.page.margins.bottom = 0;
    document
      .font('Helvetica')
      .fontSize(8)
      .fillColor('#444')
      .text(`${title}    ${page + 1} / ${count}`, MARGIN, document.page.height - MARGIN / 1.5, { lineBreak: false });
  }
  document.end();
  return done;
}

function addSheet(document: PDFKit.PDFDocument, { title, head, rows, notes = [] }: Sheet, language: Language) {
  const wide = head.length > 8;
  if (document.y > document.page.height - 160) document.addPage();
  document.font('Helvetica-Bold').fontSize(13).text(title, MARGIN).moveDown(0.3);
  document.font('Helvetica').fontSize(wide ? 6.5 : 9);
  const numeric = head.map((_, c) => rows.some((row) => typeof row[c] !== 'string'));
  document.table({
    columnStyles: head.map((_, c) => (c === 0 ? (wide ? 90 : 220) : '*')),
    defaultStyle: { border: { bottom: 0.5 }, borderColor: '#bbb', padding: wide ? 2 : 3 },
    data: [
      head.map((text) => ({ text, backgroundColor: '#e8eef4', font: { src: 'Helvetica-Bold' } })),
      ...rows.map((row) =>
        row.map((cell, c) => ({
          text: written(cell, language).replaceAll('\u202f', '\u00a0'),
          align: numeric[c] ? ({ x: 'right' } as const) : ({ x: 'left' } as const),
        })),
      ),
    ],
  });
  document.font('Helvetica').fontSize(8).moveDown(0.5);
  for (const note of notes) document.text(note, MARGIN);
  document.moveDown();
}
