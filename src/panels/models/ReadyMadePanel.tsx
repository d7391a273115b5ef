import { Download, Sparkles } from 'lucide-react';
import { datasets } from '../../engine/data/datasets';
import {
  type Between,
  pointsSheetName,
  sheetName,
  shippedMeasures,
} from '../../engine/models/shippedMeasures';
import { type ShippedModelId, shippedModels } from '../../engine/models/shippedModels';
import { pointSets } from '../../engine/points/sets/pointSets';
import { pointsFileName, type ShippedPointsId } from '../../engine/points/shippedPoints';
import { formatBytes } from '../../store/formatBytes';
import { pointsStore } from '../../store/points/usePoints';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { formatDuration } from '../../ui/formatDuration';
import { formatBetween, formatPercent } from '../../ui/formatMeasure';
import './ReadyMadePanel.css';

/** The trained models that come with the page: what they draw, how good they are, and the way to them. */
export function ReadyMadePanel() {
  return (
    <Panel
      id="ready-made"
      title="Ready-made models"
      lead="Trained beforehand by this very engine, and measured by it: of each measure first what held-out pictures have, then the model, then noise. What you train here stays when you open one."
    >
      <h3 className="ready-made__kind">Pictures</h3>
      <ul className="ready-made" aria-label="Models of pictures">
        {(Object.keys(shippedModels) as ShippedModelId[]).map((id) => (
          <PictureModel key={id} id={id} />
        ))}
      </ul>
      <h3 className="ready-made__kind">Points in two dimensions</h3>
      <ul className="ready-made ready-made--points" aria-label="Models of points">
        {(Object.keys(shippedMeasures.points) as ShippedPointsId[]).map((set) => (
          <PointsModel key={set} set={set} />
        ))}
      </ul>
    </Panel>
  );
}

function PictureModel({ id }: { id: ShippedModelId }) {
  const { title, dataset, file } = shippedModels[id];
  const measured = shippedMeasures.models[id];
  const { imageSize, channels } = datasets[dataset];
  return (
    <Card
      title={title}
      picture={sheetName(id)}
      alt={`Pictures that the model ${title} drew`}
      file={file}
      view="#/"
      onOpen={() => void useStore.getState().openShipped(id)}
    >
      <Fact name="Pictures">{`${imageSize}×${imageSize}, ${channels === 3 ? 'RGB' : 'grey'}`}</Fact>
      {measured && (
        <>
          <Trained {...measured} />
          <Fact name="Loss, training pictures">{measured.trainingLoss.toFixed(4)}</Fact>
          <Fact name="Loss, held-out pictures">{measured.heldOutLoss.toFixed(4)}</Fact>
          {measured.frechet && (
            <Fact name="Fréchet distance">
              <Measure values={measured.frechet} format={(value) => value.toFixed(2)} />
            </Fact>
          )}
          {measured.precision && (
            <Fact name="Precision">
              <Measure values={measured.precision} format={formatPercent} />
            </Fact>
          )}
          {measured.recall && (
            <Fact name="Recall">
              <Measure values={measured.recall} format={formatPercent} />
            </Fact>
          )}
        </>
      )}
    </Card>
  );
}

function PointsModel({ set }: { set: ShippedPointsId }) {
  const { title } = pointSets[set];
  const measured = shippedMeasures.points[set];
  if (!measured) return null;
  return (
    <Card
      title={title}
      picture={pointsSheetName(set)}
      alt={`Points that the model of ${title} drew, over the fainter data`}
      file={pointsFileName(set)}
      view="#/points"
      onOpen={() => void pointsStore.getState().openShipped(set)}
    >
      <Trained {...measured} />
      <Fact name="Loss">{measured.loss.toFixed(4)}</Fact>
      <Fact name="Error of the field">{measured.error.toFixed(3)}</Fact>
      <Fact name="Energy distance">
        <Measure values={measured.distance} format={(value) => value.toFixed(4)} />
      </Fact>
    </Card>
  );
}

interface CardProps {
  title: string;
  /** Names of files in models/. */
  picture: string;
  file: string;
  alt: string;
  /** Address of the view that shows the model. */
  view: string;
  onOpen: () => void;
  children: React.ReactNode;
}

function Card({ title, picture, file, alt, view, onOpen, children }: CardProps) {
  return (
    <li className="ready-made__model">
      <h4 className="ready-made__title">{title}</h4>
      <img className="ready-made__picture" src={`./models/${picture}`} alt={alt} loading="lazy" />
      <dl className="ready-made__facts">{children}</dl>
      <div className="models__buttons ready-made__buttons">
        <a className="button button--quiet" href={view} aria-label={`Open ${title}`} onClick={onOpen}>
          <Sparkles size={16} aria-hidden />
          Open
        </a>
        <a
          className="button button--quiet"
          href={`./models/${file}`}
          download
          aria-label={`Save the file of ${title}`}
        >
          <Download size={16} aria-hidden />
          Save
        </a>
      </div>
    </li>
  );
}

function Trained(facts: { steps: number; seconds: number | null; parameters: number; bytes: number }) {
  const { steps, seconds, parameters, bytes } = facts;
  return (
    <>
      <Fact name="Trained">
        {steps.toLocaleString('en')} steps{seconds !== null && `, ${formatDuration(seconds)}`}
      </Fact>
      <Fact name="Parameters">{parameters.toLocaleString('en')}</Fact>
      <Fact name="File">{formatBytes(bytes)}</Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="ready-made__fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Measure({ values, format }: { values: Between; format: (value: number) => string }) {
  const [floor, model, ceiling] = formatBetween(values, format);
  return (
    <>
      {floor} / <b>{model}</b> / {ceiling}
    </>
  );
}
