import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { FAMILIES, fonts } from './fonts.js';

/** A document to be set: how it looks, and what it says. */
export interface Document {
  /** The template of Typst; it reads `document.json` and the files beside it, nothing from elsewhere. */
  readonly template: URL;
  /** What the template reads: texts are content there, never markup. */
  readonly data: object;
  /** Drawings by the names that the data calls them by (SVG). */
  readonly files?: Readonly<Record<string, string>>;
  readonly madeOn: Date;
}

/** A letter stands in it that no font has: PDF/UA wants each one shown. */
export class LetterWithoutFont extends Error {
  override readonly name = 'LetterWithoutFont';

  /** @param letters the first that was found, with those that are drawn with it */
  constructor(readonly letters: string) {
    super(`no font has ${letters}`);
  }
}

/** One a folder of templates, made once: it holds the fonts. */
const compilers = new Map<string, NodeCompiler>();

function compilerOf(workspace: string): NodeCompiler {
  const known = compilers.get(workspace);
  if (known) return known;
  const made = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts() }] });
  compilers.set(workspace, made);
  return made;
}

/** What is set: the template, in our fonts alone. Without this Typst takes what fonts a machine happens to have. */
const mainOf = (template: string): string =>
  `#set text(font: ${JSON.stringify(FAMILIES).replace('[', '(').replace(']', ')')}, fallback: false)\n#include ${JSON.stringify(template)}\n`;

/**
 * The document as PDF/UA-1: tagged, with its language, its title, its headings and alternative texts; the same bytes for the same
 * document and day, on any machine.
 * @throws LetterWithoutFont
 * @throws Error where Typst refuses the template, with what it says
 */
export function typesetPdf({ template, data, files = {}, madeOn }: Document): Buffer {
  const path = fileURLToPath(template);
  const put = (name: string, text: string) => typst.mapShadow(join(dirname(path), name), Buffer.from(text));
  const typst = compilerOf(dirname(path));
  typst.resetShadow();
  put('document.typ', mainOf(basename(path)));
  put('document.json', JSON.stringify(data));
  for (const [name, text] of Object.entries(files)) put(name, text);
  try {
    const compiled = typst.compile({ mainFilePath: join(dirname(path), 'document.typ'), resetRead: true });
    const document = compiled.result;
    if (!document)
      throw new Error(`${basename(path)}: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
    return typst.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: Math.floor(madeOn.getTime() / 1000) });
  } catch (error) {
    const [, letters] = /the text `\\?"(.*?)\\?"` could not be displayed with font/.exec(String(error)) ?? [];
    throw letters === undefined ? error : new LetterWithoutFont(letters);
  } finally {
    // What it remembers of a document is of no use for the next one.
    typst.resetShadow();
    typst.evictCache(0);
  }
}
