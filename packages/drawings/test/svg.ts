import { SaxesParser } from 'saxes';

/** Its elements with their attributes, and its texts; throws where it is no XML. */
export function parsed(svg: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes: attributes as Record<string, string> }));
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return { tags, texts: texts.join('\n') };
}
