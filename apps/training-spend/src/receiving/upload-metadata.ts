import { own } from '@gpect/domain-values/records';
import { textFault } from '@gpect/domain-values/text';
import { fileNameOf } from '@gpect/file-uploads/file-name';
import { Problem } from '@gpect/service-kit/http/problem';
import { Metadata } from '@tus/server';

/** What the first request of a resumable upload says of the file. */
export interface UploadSaid {
  readonly filename: string;
  readonly programme: string;
  readonly funder: string;
}

const NAMES = ['filename', 'programme', 'funder'] as const;
const CODE = /^[a-z0-9][a-z0-9-]{0,79}$/;

/**
 * Reads `Upload-Metadata`: names, each with its value in base64. What they hold once decoded is text like any other, so it is
 * held to the rules of text, of codes and of names of files. @throws Problem 400
 */
export function uploadSaid(header: unknown): UploadSaid {
  const said = metadataOf(header);
  const missing = NAMES.filter((name) => !own(said, name));
  if (missing.length > 0) throw refused(`it must name ${missing.join(', ')}`, `il manque ${missing.join(', ')}`);
  for (const [name, value] of Object.entries(said)) {
    const fault = textFault(value ?? '', 'one');
    if (fault) throw refused(`${name}: ${fault}`, `${name}\u00a0: ${textFault(value ?? '', 'one', 'fr')}`);
  }
  const { filename, programme, funder } = said as unknown as UploadSaid;
  for (const [name, code] of Object.entries({ programme, funder }))
    if (!CODE.test(code))
      throw refused(
        `${name} must be a code: lower-case letters, digits and dashes, at most 80`,
        `${name} doit être un code : des minuscules, des chiffres et des tirets, 80 au plus`,
      );
  return { filename: fileNameOf(filename), programme, funder };
}

function metadataOf(header: unknown): Record<string, string | null> {
  try {
    return Metadata.parse(String(header ?? ''));
  } catch {
    throw refused(
      'write name and value, a blank between them, the value in base64, and a comma before the next',
      'écrivez chaque nom, un espace, sa valeur en base64, et une virgule avant le suivant',
    );
  }
}

const refused = (detail: string, french: string): Problem =>
  new Problem(400, 'upload-metadata', 'Upload-Metadata cannot be read', {
    detail: `Upload-Metadata: ${detail}`,
    french: `Upload-Metadata : ${french}`,
    errors: [{ in: 'header', parameter: 'upload-metadata', detail, french }],
  });
