import { StudyProgress, type StudyWords } from '../../panels/model/StudyProgress';
import { formatDuration } from '../../ui/formatDuration';
import { formatRate } from '../../ui/formatRate';
import { type DistillationState, type Phase, useDistillation } from './state';

const words: Record<Phase, StudyWords> = {
  pairs: {
    idle: 'No student yet',
    running: 'Drawing pairs',
    finished: 'The pairs are drawn',
    unit: 'image',
  },
  learning: {
    idle: 'No student yet',
    running: 'Distilling',
    finished: 'The student has learned',
    unit: 'training step',
  },
  measuring: {
    idle: 'No student yet',
    running: 'Measuring',
    finished: 'The student has learned and is measured',
    unit: 'sampling step',
  },
};

/** How far the distillation is: stage, step, speed and time left. */
export function DistillationProgress({ blocked }: { blocked: boolean }) {
  const run = useDistillation();
  const { status, phase } = run;
  const unit = status === 'finished' ? words.learning.unit : words[phase].unit;
  return (
    <div data-phase={phase}>
      <StudyProgress
        label="Progress of the distillation"
        run={run}
        words={{ ...words[phase], unit }}
        note={noteOf(run)}
        blocked={blocked && status !== 'failed'}
      />
    </div>
  );
}

function noteOf({ status, phase, place, done, total, secondsLeft }: DistillationState): string {
  const stage =
    phase === 'learning' && place && place.stages > 1 ? `Stage ${place.stage + 1} of ${place.stages}` : '';
  if (status !== 'running' || secondsLeft === null) return stage;
  const speed = secondsLeft > 0 ? `${formatRate((total - done) / secondsLeft)} per second` : '';
  return [stage, speed, `${formatDuration(secondsLeft)} left`].filter((text) => text !== '').join(' · ');
}
