import { type Problem, problemOf } from '@gpect/service-kit/http/problem';
import { LetterWithoutFont, typesetPdf } from '@gpect/typesetting/typesetting';
import { typeset } from '@gpect/typesetting/typography';
import { themeInFrench } from './themes.js';
import type { Workshop } from './workshop.js';

const TEMPLATE = new URL('../../documents/certificate.typ', import.meta.url);

/**
 * One page to print, in French, PDF/UA-1, for who was there.
 * @param madeOn when it is made
 * @throws Problem 404, 409; 422 where a name has letters that no font has
 */
export function certificateOf(workshop: Workshop, person: string, madeOn: Date): Buffer {
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
  const { name, organisation, siret } = participant;
  const said = (text: string) => typeset(text, 'fr');
  const hours = startsAt && endsAt ? `, de ${startsAt} à ${endsAt}` : '';
  const data = {
    title: said('Attestation de présence'),
    documentTitle: `Attestation de présence – ${name}`,
    name,
    firm: said(organisation ?? (siret ? `Établissement ${siret}` : '')),
    took: said('a participé à l’atelier collectif'),
    subject: said(`« ${title ?? themeInFrench(theme)} »`),
    when: said(`le ${inFrench(heldOn)}${hours}${place ? `, ${place}` : ''}.`),
    signature: said('Pour l’organisateur, date et signature :'),
    reference: said(`Programme ${programme}, action collective ${action}, atelier ${workshop.workshop}.`),
  };
  try {
    return typesetPdf({ template: TEMPLATE, data, madeOn });
  } catch (error) {
    throw error instanceof LetterWithoutFont ? withoutFont(error) : error;
  }
}

/** A certificate with question marks in a name certifies nobody. */
function withoutFont({ letters }: LetterWithoutFont): Problem {
  return problemOf({
    code: 'letters_not_printable',
    kind: 'rule',
    detail: `no font has ${letters}; write names, title and place in Latin, Greek, Cyrillic or Arabic letters`,
    french: `aucune police n’a ${letters} ; écrivez noms, titre et lieu en lettres latines, grecques, cyrilliques ou arabes`,
  });
}

function inFrench(date: string): string {
  const text = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
  return text.replace(/^1 /, '1er ');
}
