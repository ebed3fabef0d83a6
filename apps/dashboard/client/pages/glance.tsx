import { type FormEvent, useId, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { type Bilan, type Looked, useBilan, useDrawings } from '../api/reporting.js';
import type { Person } from '../api/session.js';
import { DrawingFigure } from '../parts/drawing.js';
import { FigureDialog } from '../parts/figure-dialog.js';
import { Loading, Notice, Trouble } from '../parts/states.js';
import { seesAll } from '../roles.js';
import { queryOf, type View, viewIn } from '../view.js';
import { useWords } from '../words/language.js';

/** The figures that a committee asks for first, in its order. */
const KEY_FIGURES = [
  'detected',
  'qualified',
  'enrolled',
  'accompanied',
  'under100',
  'sessions',
  'halfDays',
  'attended',
];
/** Figures by which basins can be shown. */
const MAPPED = ['accompanied', 'enrolled', 'detected', 'abandoned', 'sessions', 'halfDays'];
/** The drawings of the page, in its order; the map stands apart, with its choice. */
const DRAWN = ['funnel', 'objectives', 'effects', 'platforms'];

/** The programme at a glance: what a steering committee looks at. */
export function Glance({ person }: { readonly person: Person }) {
  const { say, language } = useWords();
  const [query, setQuery] = useSearchParams();
  const view = viewIn(query);
  const change = (to: Partial<View>) => setQuery(queryOf(query, to));
  const looked: Looked = {
    programme: view.programme,
    ...(view.purpose && seesAll(person.roles) ? { purpose: view.purpose } : {}),
  };
  const bilan = useBilan(looked, language);
  return (
    <>
      <h1>{say('Le dispositif en un coup d’œil', 'The programme at a glance')}</h1>
      <Choice person={person} view={view} change={change} />
      {view.programme === '' && <p className="hint">{say('Choisissez un dispositif.', 'Choose a programme.')}</p>}
      {bilan.isError && <Trouble error={bilan.error} retry={() => void bilan.refetch()} />}
      {view.programme !== '' && bilan.isPending && <Loading />}
      {bilan.data && <Told bilan={bilan.data} looked={looked} view={view} change={change} />}
    </>
  );
}

type Change = (to: Partial<View>) => void;

/** Which programme, and why where somebody wants to see every figure as it is now. */
function Choice({ person, view, change }: { readonly person: Person; readonly view: View; readonly change: Change }) {
  const { say } = useWords();
  const [programme, setProgramme] = useState(view.programme);
  const [purpose, setPurpose] = useState(view.purpose);
  const show = (event: FormEvent) => {
    event.preventDefault();
    change({ programme: programme.trim(), purpose: purpose.trim(), open: '' });
  };
  return (
    <form className="choice" onSubmit={show}>
      <TextField value={programme} onChange={setProgramme} isRequired>
        <Label>{say('Dispositif (code)', 'Programme (code)')}</Label>
        <Input autoComplete="off" spellCheck="false" />
      </TextField>
      {seesAll(person.roles) && (
        <TextField value={purpose} onChange={setPurpose}>
          <Label>
            {say(
              'Finalité, pour voir tous les chiffres à cet instant (inscrite au journal)',
              'Purpose, to see every figure as it is now (kept in the audit trail)',
            )}
          </Label>
          <Input autoComplete="off" />
        </TextField>
      )}
      <Button type="submit">{say('Afficher', 'Show')}</Button>
    </form>
  );
}

interface Shown {
  readonly bilan: Bilan;
  readonly looked: Looked;
  readonly view: View;
  readonly change: Change;
}

function Told({ bilan, looked, view, change }: Shown) {
  const { say, day } = useWords();
  const { programme, release, figures } = bilan;
  if (figures.detected === 0)
    return (
      <Notice title={say('Rien n’est encore enregistré', 'Nothing is recorded yet')}>
        <p>
          {say(
            `${programme.name} n’a pas encore d’entreprise détectée : ses chiffres viendront avec elles.`,
            `${programme.name} has no detected firm yet: its figures will come with them.`,
          )}
        </p>
      </Notice>
    );
  return (
    <>
      <h2>{programme.name}</h2>
      <p className="asof">
        {release
          ? say(`Chiffres publiés le ${day(release.date)}`, `Figures released on ${day(release.date)}`)
          : say(
              `Tous les chiffres, à cet instant ; finalité : ${looked.purpose ?? ''}`,
              `Every figure, as it is now; purpose: ${looked.purpose ?? ''}`,
            )}
      </p>
      <KeyFigures bilan={bilan} open={(id) => change({ open: id })} />
      <Drawings looked={looked} view={view} change={change} bilan={bilan} />
      <FigureDialog looked={looked} indicator={view.open} close={() => change({ open: '' })} />
    </>
  );
}

function KeyFigures({ bilan, open }: { readonly bilan: Bilan; readonly open: (id: string) => void }) {
  const { say, count, euros } = useWords();
  const values = new Map(Object.entries(bilan.figures));
  const labels = new Map(bilan.definitions.map(({ id, labelFr, labelEn }) => [id, say(labelFr, labelEn)]));
  const { before12Months, after12Months } = bilan.spend.accompaniedFirmsCents;
  const shown = [
    ...KEY_FIGURES.map((id) => ({ id, value: values.get(id) ?? null, written: count(values.get(id) ?? null) })),
    { id: 'spendBefore', value: before12Months, written: euros(before12Months) },
    { id: 'spendAfter', value: after12Months, written: euros(after12Months) },
  ];
  return (
    <ul className="figures">
      {shown.map(({ id, value, written }) => (
        <li key={id}>
          <Button className="figure" onPress={() => open(id)}>
            <span className="value">{written}</span>
            <span>{labels.get(id) ?? id}</span>
            {value === null && (
              <span className="note">
                {bilan.beingCounted.includes(id)
                  ? say('en cours de calcul', 'being counted')
                  : say('masqué : secret statistique', 'masked: statistical secrecy')}
              </span>
            )}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Drawings({ bilan, looked, view, change }: Shown) {
  const { say, language } = useWords();
  const id = useId();
  const drawings = useDrawings(looked, view.mapped, language);
  if (drawings.isError) return <Trouble error={drawings.error} retry={() => void drawings.refetch()} />;
  if (drawings.isPending) return <Loading what={say('Les graphiques arrivent…', 'Drawings are coming…')} />;
  const named = new Map(drawings.data.drawings.map((drawing) => [drawing.name, drawing]));
  const labels = new Map(bilan.definitions.map(({ id: of, labelFr, labelEn }) => [of, say(labelFr, labelEn)]));
  const map = named.get('basins-map');
  return (
    <>
      {DRAWN.flatMap((name) => named.get(name) ?? []).map((drawing) => (
        <DrawingFigure key={drawing.name} drawing={drawing} />
      ))}
      <section aria-labelledby={id}>
        <h2 id={id}>{say('Les bassins d’emploi', 'Employment basins')}</h2>
        <label className="mapped">
          {say('Chiffre de la carte', 'Figure on the map')}
          <select value={view.mapped} onChange={({ target }) => change({ mapped: target.value })}>
            {MAPPED.map((of) => (
              <option key={of} value={of}>
                {labels.get(of) ?? of}
              </option>
            ))}
          </select>
        </label>
        {map ? (
          <DrawingFigure drawing={map} />
        ) : (
          <p>{say('Ce chiffre n’est dit d’aucun bassin.', 'This figure is told of no basin.')}</p>
        )}
      </section>
    </>
  );
}
