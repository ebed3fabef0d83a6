// Prints the text of the PDF on standard input, a page a line.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const pdf = await getDocument({ data: new Uint8Array(Buffer.concat(chunks)), verbosity: 0 }).promise;
for (let page = 1; page <= pdf.numPages; page++) {
  const { items } = await (await pdf.getPage(page)).getTextContent();
  console.log(items.map((item) => item.str).join(' '));
}
