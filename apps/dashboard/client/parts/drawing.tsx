import { type ReactNode, useId } from 'react';
import type { ShownDrawing } from '../api/reporting.js';
import { useWords } from '../words/language.js';

/** A drawing of the bilan's document: shown as a picture, in which nothing runs, and the same as a table. */
export function DrawingFigure({ drawing }: { readonly drawing: ShownDrawing }) {
  const { say } = useWords();
  const title = useId();
  const { width, height } = sizeOf(drawing.svg);
  return (
    <figure className="drawing" aria-labelledby={title}>
      <figcaption id={title}>{drawing.title}</figcaption>
      <Scrolled className="paper" labelledBy={title}>
        <img src={asPicture(drawing.svg)} alt={drawing.description} width={width} height={height} />
      </Scrolled>
      {drawing.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      <details>
        <summary>{say('Les mêmes chiffres en tableau', 'The same figures as a table')}</summary>
        <Scrolled className="wide" labelledBy={title}>
          <table>
            <caption>{drawing.title}</caption>
            <thead>
              <tr>
                {drawing.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {drawing.rows.map(([first = '', ...cells]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {cells.map((cell, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
                    <td key={i}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </details>
    </figure>
  );
}

/** What is wider than a phone is scrolled, by keyboard, too. */
function Scrolled({ className, labelledBy, children }: { className: string; labelledBy: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms, and a section would be a landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard
    <div role="group" className={className} aria-labelledby={labelledBy} tabIndex={0}>
      {children}
    </div>
  );
}

const asPicture = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** Known before the picture is drawn: nothing moves. */
function sizeOf(svg: string): { width: number; height: number } {
  const of = (name: string) => Number(new RegExp(`<svg [^>]*\\b${name}="(\\d+)`).exec(svg)?.[1] ?? 0);
  return { width: of('width'), height: of('height') };
}
