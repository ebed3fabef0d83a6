import { problemOf } from '@gpect/service-kit/http/problem';
import PDFDocument from 'pdfkit';
import { themeInFrench } from './themes.js';
import type { Workshop } from './workshop.js';

const MARGIN = 72;

/** A4, in French, for who was there. @throws Problem 404, 409 */
export async function certificateOf(workshop: Workshop, person: string): Promise<Buffer> {
  const participant = workshop.participants?.find((p) => p.person === person);
  if (!participant)
    throw problemOf({
      code: 'person_unknown',
      kind: 'unknown',
      field: 'person',
      detail: `${person}: nobody took part under this number`,
    });
  if (workshop.status !== 'HELD' || participant.attendance !== 'PRESENT')
    throw problemOf({
      code: 'not_attended',
      kind: 'transition',
      field: 'person',
      state: participant.attendance ?? workshop.status,
      allowed: ['record-person'],
      detail: `${participant.name} is not recorded as present; a certificate says who came`,
    });
  const { title, theme, heldOn = workshop.plannedOn, startsAt, endsAt, place, programme, action } = workshop;
  const subject = title ?? themeInFrench(theme);
  const hours = startsAt && endsAt ? `, de ${startsAt} à ${endsAt}` : '';
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'fr-FR',
    info: { Title: `Attestation de présence – ${participant.name}`, Subject: subject },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.font('Helvetica-Bold').fontSize(22).text('Attestation de présence', { align: 'center' }).moveDown(2);
  document.font('Helvetica').fontSize(13);
  const firm = participant.organisation ?? (participant.siret ? `établissement ${participant.siret}` : undefined);
  document.text(`${participant.name}${firm ? `, ${firm},` : ''} a participé à l'atelier collectif`).moveDown();
  document.font('Helvetica-Bold').fontSize(15).text(`« ${subject} »`, { align: 'center' }).moveDown();
  document.font('Helvetica').fontSize(13);
  document.text(`le ${inFrench(heldOn)}${hours}${place ? `, ${place}` : ''}.`).moveDown(2);
  document
    .fontSize(10)
    .fillColor('#444')
    .text(`Programme ${programme}, action collective ${action}, atelier ${workshop.workshop}.`);
  document.end();
  return done;
}

function inFrench(date: string): string {
  return new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
