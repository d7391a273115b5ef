import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { download } from '../../store/download';
import { useStore } from '../../store/store';
import { Explanation } from '../../ui/controls/Explanation';
import { IconButton } from '../../ui/controls/IconButton';
import { PlotBox } from '../../ui/plot/PlotBox';
import { useModelConfig } from '../model/useModel';
import { explanations } from './explanations';
import { lossByTimeCsv } from './lossByTimeCsv';
import './LossByTimeFigure.css';

/** The squared error by t, live: where along the way the network is good at its task, and where it is not. */
export function LossByTimeFigure() {
  const byTime = useStore((state) => state.training.lossByTime);
  const trained = useStore((state) => state.training.model?.config.nSteps);
  const settings = useModelConfig();
  const nSteps = trained ?? settings.nSteps;
  const series = useMemo(() => {
    const shown = Array.from(byTime ?? [], (error, bin) => ({
      error,
      t: ((bin + 0.5) * nSteps) / (byTime?.length ?? 1),
    })).filter(({ error }) => error > 0);
    return [
      {
        label: 'error',
        x: Float64Array.from(shown, ({ t }) => Math.round(t)),
        y: Float64Array.from(shown, ({ error }) => error),
        colorToken: '--series-3',
      },
    ];
  }, [byTime, nSteps]);
  const { y } = series[0] as (typeof series)[number];
  return (
    <figure className="loss-by-time" data-bins={y.length}>
      <figcaption className="plot-name">
        Squared error by <span className="math">t</span>
        <Explanation about="the error by t">{explanations.lossByTime}</Explanation>
        <Save nSteps={nSteps} />
      </figcaption>
      <PlotBox
        className="plot"
        series={series}
        logY
        xLabel="t"
        label={
          y.length === 0
            ? 'The squared error by t: none yet'
            : `The squared error by t: ${y[0]?.toFixed(3)} where there is least noise, ${y.at(-1)?.toFixed(3)} where there is most`
        }
        empty={y.length === 0 && 'Drawn from the first step of training on.'}
      />
    </figure>
  );
}

function Save({ nSteps }: { nSteps: number }) {
  const known = useStore((state) => state.training.lossByTime !== null);
  const save = () => {
    const { lossByTime, step } = useStore.getState().training;
    if (lossByTime)
      download(`ddpm-error-by-t-${step}-steps.csv`, lossByTimeCsv(lossByTime, nSteps), 'text/csv');
  };
  return (
    <IconButton
      className="push"
      label="Save the squared error by t as CSV"
      icon={Download}
      disabled={!known}
      onClick={save}
    />
  );
}
