import { Panel } from '../../ui/controls/Panel';
import { ExperimentLink } from './ExperimentLink';
import { type ExperimentId, experimentIds, experimentOf, pictureName } from './experiments';
import './experiments.css';

/** Questions that the page can answer, a card each. */
export default function ExperimentsView() {
  return (
    <Panel
      id="experiments"
      title="Experiments"
      lead="Each card is a question. Open one: the page gets the settings for it, and says what to do and what to look for. Your own settings are kept."
    >
      <ul className="experiments">
        {experimentIds.map((id) => (
          <ExperimentCard key={id} id={id} />
        ))}
      </ul>
    </Panel>
  );
}

function ExperimentCard({ id }: { id: ExperimentId }) {
  const { title, question } = experimentOf(id);
  return (
    <li className="card experiment-card">
      <h3 className="title">
        <ExperimentLink id={id}>{title}</ExperimentLink>
      </h3>
      <p>{question}</p>
      <Picture id={id} />
    </li>
  );
}

function Picture({ id }: { id: ExperimentId }) {
  const { picture } = experimentOf(id);
  const rows = picture.length > 1;
  return (
    <figure className={rows ? 'experiment-picture experiment-picture--rows' : 'experiment-picture'}>
      <img
        src={`./experiments/${pictureName(id)}`}
        alt={rows ? `Rows of images: ${picture.join(', ')}` : picture[0]}
        loading="lazy"
      />
      {rows && (
        <figcaption className="note" aria-hidden>
          {picture.map((row) => (
            <span key={row}>{row}</span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
