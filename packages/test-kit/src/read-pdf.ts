import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A page as a reader gives it that we did not write (pdf.js): its texts, and what its tags say. */
export interface ReadPage {
  /** Every kind of space is one that is plain: this is what readers copy. */
  readonly text: string;
  /** The letters as the file has them, by the maps of its fonts, in the order in which they are drawn. */
  readonly letters: string;
  readonly roles: readonly string[];
  /** Alternative texts. */
  readonly alts: readonly string[];
  /** Pieces of text, in points: how large, and how far above the lower edge of the page. */
  readonly pieces: readonly { readonly text: string; readonly size: number; readonly above: number }[];
  /** Of letters, in points. */
  readonly smallest: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[];
  readonly info: { readonly Title?: string; readonly Language?: string };
  /** The text of all pages, with one space between words. */
  readonly all: string;
}

interface Tag {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly object[];
}

/** @throws where it is no PDF */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: ReadPage[] = [];
  for (let at = 1; at <= pdf.numPages; at++) pages.push(await pageOf(await pdf.getPage(at)));
  const { info } = await pdf.getMetadata();
  const all = pages.map(({ text }) => text).join(' ');
  return { pages, info: info as ReadPdf['info'], all: all.replace(/\s+/g, ' ') };
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

async function pageOf(page: Page): Promise<ReadPage> {
  const { items } = await page.getTextContent();
  const texts = items.flatMap((item) => ('str' in item ? [item] : []));
  const [, , width = 0, height = 0] = page.view;
  const [roles, alts]: [string[], string[]] = [[], []];
  const walk = ({ role, alt, children = [] }: Tag): void => {
    if (role) roles.push(role);
    if (alt) alts.push(alt);
    for (const child of children) walk(child);
  };
  walk(((await page.getStructTree()) ?? {}) as Tag);
  const { fnArray, argsArray } = await page.getOperatorList();
  const letters = fnArray.flatMap((operation, i) =>
    operation === OPS.showText ? (argsArray[i][0] as readonly (number | { readonly unicode: string })[]) : [],
  );
  return {
    text: texts.map(({ str }) => str).join(' '),
    letters: letters.map((letter) => (typeof letter === 'number' ? '' : letter.unicode)).join(''),
    roles,
    alts,
    pieces: texts.map(({ str, height: size, transform }) => ({ text: str, size, above: Number(transform[5]) })),
    smallest: Math.min(...texts.filter(({ str }) => str.trim() !== '').map(({ height: size }) => size)),
    width,
    height,
  };
}
