import { useEffect } from 'react';
import { DrawOrStop } from '../../panels/model/DrawOrStop';
import { StudyProgress } from '../../panels/model/StudyProgress';
import { useStoredStudy } from '../../panels/model/useStoredStudy';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { FrechetPlot } from './FrechetPlot';
import { FrechetTable } from './FrechetTable';
import { frechetProblem, useFrechet } from './frechetState';
import { SamplersField } from './help';

const words = {
  idle: 'Nothing measured yet',
  running: 'Measuring',
  finished: 'The distances are measured',
  unit: 'network evaluation',
};

/** What samples are worth for what they cost: their distance from the data set by network evaluations. */
export function FrechetPanel() {
  const run = useFrechet();
  const problem = useStore(frechetProblem);
  useStoredStudy(run, problem !== null);
  useEffect(() => run.stop, [run.stop]);
  return (
    <Panel
      id="frechet"
      title="Quality by network evaluations"
      lead="Almost all the time of sampling is spent in the network. Each curve is a sampler: how far its samples are from the data set (Fréchet distance, lower is better) when it may ask the network 1, 2, 4, … times for each image."
    >
      <div className="samplers stack" data-status={run.status}>
        <div className="fields">
          <SamplersField of="samples" />
          <SamplersField of="seeds" />
        </div>
        {problem !== null && <p className="note">{problem}</p>}
        <div className="row">
          <DrawOrStop
            label="Measure"
            stopLabel="Stop measuring"
            running={run.status === 'running'}
            disabled={problem !== null}
            onDraw={run.measure}
            onStop={run.stop}
          />
        </div>
        <StudyProgress
          label="Network evaluations of the distances"
          run={run}
          words={words}
          blocked={problem !== null}
        />
        <div className="columns">
          <FrechetPlot />
          <FrechetTable />
        </div>
      </div>
    </Panel>
  );
}
