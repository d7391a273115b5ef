import { Fragment, useMemo } from 'react';
import { levelChannels } from '../../../engine/unet/config';
import { modelWords } from '../../../panels/model/modelWords';
import { useModelConfig, useSampledModel } from '../../../panels/model/useModel';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import { isTraining } from '../../../store/trainingState';
import { MathSymbol } from '../../../ui/WithSubscripts';
import { ImageOf } from './ImageOf';
import { useOpening } from './state';

/** The U of the network that is asked, a pair of bars a level, and whose it is. */
export function Network() {
  const { nChannels, chMults } = useModelConfig();
  const levels = useMemo(() => levelChannels({ nChannels, chMults }), [nChannels, chMults]);
  return (
    <figure className="opening__network">
      <U channels={levels} />
      <figcaption>
        <MathSymbol text="ε_θ(x_t, t)" />{' '}
        <span className="note">
          <Whose />
        </span>
      </figcaption>
    </figure>
  );
}

const [width, height, gap] = [120, 100, 6];

function U({ channels }: { channels: readonly number[] }) {
  const most = Math.max(...channels);
  const count = channels.length;
  const row = (height - gap * (count - 1)) / count;
  const column = width / (2 * count + 1);
  return (
    <svg
      className="opening__u"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`A U-Net of ${count} levels`}
    >
      {channels.map((value, level) => {
        const size = row * (0.45 + 0.55 * Math.sqrt(value / most));
        const y = level * (row + gap) + (row - size) / 2;
        const bar = { y, width: column * 0.72, height: size, rx: 2 };
        const left = level * column;
        const right = width - left - bar.width;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place.
          <Fragment key={level}>
            <rect {...bar} x={left} className="opening__down" />
            <path d={`M${left + bar.width + 2} ${y + size / 2}H${right - 2}`} className="opening__skip" />
            <rect {...bar} x={right} className="opening__up" />
          </Fragment>
        );
      })}
      <rect
        className="opening__middle"
        x={width / 2 - column * 0.36}
        y={height - row * 0.75}
        width={column * 0.72}
        height={row * 0.6}
        rx={2}
      />
    </svg>
  );
}

/** Whose network it is; where there is none, what to do for one. */
function Whose() {
  const model = useSampledModel();
  const title = useStore((state) => factsOf(state, state.values.data.dataset).title);
  const training = useStore((state) => isTraining(state.training));
  if (model) return modelWords(model);
  return training ? 'your model is starting' : `no pretrained model for ${title}`;
}

interface PredictedProps {
  t: number;
  size: number;
  channels: number;
  x0: Float32Array | null;
  next: Float32Array | null;
}

/** What follows from the predicted noise: the whole image at once, and the next step on the way. */
export function Predicted({ t, size, channels, x0, next }: PredictedProps) {
  const model = useSampledModel();
  const problem = useOpening((state) => state.problem);
  if (!model)
    return (
      <p className="note opening__missing">
        Train a model, and it runs here. <a href="#train">Train one</a>
      </p>
    );
  return (
    <div className="opening__predicted">
      <ImageOf
        {...{ size, channels, image: x0 }}
        symbol="x̂_0"
        kind="signal"
        caption={t === 0 ? 'no noise left' : 'predicted image'}
      />
      <ImageOf
        {...{ size, channels, image: next }}
        symbol="x_{t−1}"
        caption={t === 0 ? 'no step left' : 'one step back'}
      />
      {problem && <p className="problem">{problem}</p>}
    </div>
  );
}
