import { Download, Sparkles } from 'lucide-react';
import { datasets } from '../../engine/data/datasets';
import { formatBytes } from '../../engine/formatBytes';
import {
  type Between,
  pointsSheetName,
  sheetName,
  shippedMeasures,
} from '../../engine/models/shippedMeasures';
import { type ShippedModelId, shippedModels } from '../../engine/models/shippedModels';
import { pointSets } from '../../engine/points/sets/pointSets';
import { pointsFileName, type ShippedPointsId } from '../../engine/points/shippedPoints';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { formatDuration } from '../../ui/formatDuration';
import { formatBetween, formatPercent } from '../../ui/formatMeasure';
import { pointsStore } from '../points/usePoints';

/** The trained models that come with the page: what they draw, how good they are, and the way to them. */
export function PretrainedPanel() {
  return (
    <Panel
      id="pretrained"
      title="Pretrained models"
      lead="Pretrained with this engine. Each metric is shown for held-out images (best case), the model, and pure noise (worst case). Opening one keeps the model that you train."
    >
      <div className="stack gap-3">
        <h3 className="title">Images</h3>
        <ul className="pretrained columns" aria-label="Models of images">
          {(Object.keys(shippedModels) as ShippedModelId[]).map((id) => (
            <ImageModel key={id} id={id} />
          ))}
        </ul>
        <h3 className="title">Points in two dimensions</h3>
        <ul className="pretrained pretrained--points columns" aria-label="Models of points">
          {(Object.keys(shippedMeasures.points) as ShippedPointsId[]).map((set) => (
            <PointsModel key={set} set={set} />
          ))}
        </ul>
      </div>{' '}
    </Panel>
  );
}

function ImageModel({ id }: { id: ShippedModelId }) {
  const { title, dataset, file } = shippedModels[id];
  const measured = shippedMeasures.models[id];
  const { imageSize, channels } = datasets[dataset];
  return (
    <Card
      title={title}
      image={sheetName(id)}
      alt={`Images drawn by the model ${title}`}
      file={file}
      view="#/"
      onOpen={() => void useStore.getState().openShipped(id)}
    >
      <Fact name="Images">{`${imageSize}×${imageSize}, ${channels === 3 ? 'RGB' : 'grey'}`}</Fact>
      {measured && (
        <>
          <Trained {...measured} />
          <Fact name="Loss, training images">{measured.trainingLoss.toFixed(4)}</Fact>
          <Fact name="Loss, held-out images">{measured.heldOutLoss.toFixed(4)}</Fact>
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
      image={pointsSheetName(set)}
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
  image: string;
  file: string;
  alt: string;
  /** Address of the view that shows the model. */
  view: string;
  onOpen: () => void;
  children: React.ReactNode;
}

function Card({ title, image, file, alt, view, onOpen, children }: CardProps) {
  return (
    <li className="card stack gap-3">
      <h4 className="title">{title}</h4>
      <img src={`./models/${image}`} alt={alt} loading="lazy" />
      <dl className="stack gap-1">{children}</dl>
      <div className="row">
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
    <div>
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
