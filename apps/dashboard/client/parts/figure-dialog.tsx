import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { type Figure, type Looked, useFigure, useIndicators } from '../api/reporting.js';
import { useWords } from '../words/language.js';
import { Loading, Trouble } from './states.js';

interface Asked {
  readonly looked: Looked;
  /** Id of the figure; nothing is shown where it is empty. */
  readonly indicator: string;
  readonly close: () => void;
}

/** A figure opened: its value, what it means, the firms behind it, what it was read from, and why it is masked. */
export function FigureDialog({ looked, indicator, close }: Asked) {
  const { say } = useWords();
  return (
    <ModalOverlay
      isOpen={indicator !== ''}
      onOpenChange={(isOpen) => !isOpen && close()}
      isDismissable
      className="overlay"
    >
      <Modal className="modal">
        <Dialog>
          <Opened looked={looked} indicator={indicator} />
          <Button slot="close">{say('Fermer', 'Close')}</Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Opened({ looked, indicator }: Omit<Asked, 'close'>) {
  const { say, language } = useWords();
  const figure = useFigure(looked, indicator, language);
  if (figure.isPending) return <Titled title={say('Chiffre', 'Figure')} loading />;
  if (figure.isError)
    return (
      <>
        <Heading slot="title">{say('Chiffre', 'Figure')}</Heading>
        <Trouble error={figure.error} retry={() => void figure.refetch()} />
      </>
    );
  return <Told figure={figure.data} />;
}

function Titled({ title }: { readonly title: string; readonly loading: true }) {
  return (
    <>
      <Heading slot="title">{title}</Heading>
      <Loading />
    </>
  );
}

function Told({ figure }: { readonly figure: Figure }) {
  const { say, count, euros, day } = useWords();
  const { indicator, value, firms, topics, release } = figure;
  const written = indicator.unit === 'euro cent' ? euros : count;
  return (
    <>
      <Heading slot="title">{say(indicator.labelFr, indicator.labelEn)}</Heading>
      <p className="value">{written(value)}</p>
      {value === null && <Masked />}
      <dl>
        <dt>{say('Ce que c’est', 'What it is')}</dt>
        <dd>{say(indicator.definitionFr, indicator.definitionEn)}</dd>
        <dt>{say('Entreprises derrière ce chiffre', 'Firms behind it')}</dt>
        <dd>{count(firms)}</dd>
        <dt>{say('Formule', 'Formula')}</dt>
        <dd>
          <code>{indicator.formula}</code>
        </dd>
        <dt>{say('De quand', 'As of')}</dt>
        <dd>
          {release
            ? say(`publié le ${day(release.date)}`, `released on ${day(release.date)}`)
            : say('à cet instant', 'as it is now')}
        </dd>
        <dt>{say('Provenance', 'Provenance')}</dt>
        <dd>
          <ul>
            {Object.entries(topics).map(([topic, partitions]) => (
              <li key={topic}>
                <code>{topic}</code>{' '}
                {say(`événements lus : ${count(read(partitions))}`, `events read: ${count(read(partitions))}`)}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </>
  );
}

/** Offsets are those of the next events to read, from 0 on. */
const read = (partitions: Readonly<Record<string, string>>): number =>
  Object.values(partitions).reduce((sum, offset) => sum + Number(offset), 0);

function Masked() {
  const { say } = useWords();
  const rule = useIndicators().data?.secrecy;
  return (
    <p className="masked">
      <strong>{say('Masqué par le secret statistique.', 'Masked by statistical secrecy.')}</strong>{' '}
      {rule && say(rule.fr, rule.en)}
    </p>
  );
}
