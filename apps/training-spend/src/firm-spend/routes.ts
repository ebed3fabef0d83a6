import { stateModel } from '@gpect/service-kit/aggregate/state-store';
import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import { grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type mongoose from 'mongoose';
import { type Contact, contacts } from '../contact/contact.js';
import { siretsOf } from '../establishment/closures.js';
import type { FileStore } from '../spend-file/file-store.js';
import { linesOfFirm } from '../spend-line/line-store.js';
import { datesOfFirm } from './firm-dates.js';
import { type FirmLine, firmLines, practicesOf, windowsOf } from './firm-spend.js';

export function firmSpendRoutes({ connection }: ServiceContext, files: FileStore) {
  return {
    'GET /spend/{programme}/{siret}': async ({ params: { programme, siret }, request }, response) => {
      const grant = grantOf(request);
      const sirets = await siretsOf(connection, siret);
      // A funder sees what is its own; what is computed is of that alone.
      const isShown = ({ funder }: { readonly funder: string }) => grant.may({ funders: [funder] });
      const lines = firmLines(await linesOfFirm(connection, programme, sirets)).filter(isShown);
      const met = await contactsOfFirm(connection, programme, sirets);
      const dates = await datesOfFirm(connection, programme, sirets);
      const windows = windowsOf(lines, dates);
      const names = await namesOf(files, programme, lines);
      response.json({
        programme,
        siret,
        ...(sirets.size > 1 ? { alsoKnownAs: [...sirets].filter((s) => s !== siret).sort() } : {}),
        ...dates,
        ...(windows ? { windows } : {}),
        practices: practicesOf(lines, met.filter(isShown), dates),
        lines: lines.map(({ funder, reference, content, status, file, line }) => {
          const { siret: of, siretRestored, paidOn, scheme, amountCents } = content;
          const restored = siretRestored ? { siretRestored } : {};
          const name = names.get(`${funder}/${file}`) ?? file;
          return { funder, reference, siret: of, ...restored, paidOn, scheme, amountCents, status, file: name, line };
        }),
      });
    },
  } satisfies Partial<OwnRoutes<'training-spend'>>;
}

async function contactsOfFirm(
  connection: mongoose.Connection,
  programme: string,
  sirets: ReadonlySet<string>,
): Promise<Contact[]> {
  const found = await stateModel(connection, contacts.collection)
    .find({ 'state.siret': { $in: [...sirets] }, 'state.programme': programme })
    .lean();
  return found.map(({ state }) => state as Contact);
}

async function namesOf(files: FileStore, programme: string, lines: readonly FirmLine[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { funder, file } of lines) {
    const key = `${funder}/${file}`;
    if (!names.has(key)) names.set(key, (await files.ofOrigin(programme, funder, { file }))?.file ?? file);
  }
  return names;
}
