import { useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { drawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { type ScheduleId, schedules } from '../../engine/diffusion/schedules/schedules';
import { useValues } from '../../panels/settings/useSettings';
import { trainingGroup } from '../../settings/groups/training';
import { useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { Button } from '../../ui/controls/Button';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { CurveEditor } from './CurveEditor';
import { explanations } from './help';
import { forwardLabGroup } from './settings';
import { drawingOf, withPoint } from './state';

/** ᾱ drawn by hand: the schedule called Drawn, here and in the settings of a new model. */
export function DrawSchedulePanel() {
  const { drawn } = useValues(forwardLabGroup);
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  const used = useStore((state) => state.values.settings.model.schedule);
  const { set } = useStore.getState();
  const id = drawnSchedule(drawn);
  const curve = useMemo(() => {
    const { alphaBar } = createDiffusion(id, 200);
    return [1, ...alphaBar];
  }, [id]);
  const copy = (schedule: ScheduleId) => {
    const { alphaBar } = createDiffusion(schedule, nSteps);
    const copied = drawingOf((u) => alphaBar[Math.max(0, Math.round(u * nSteps) - 1)] as number);
    set(forwardLabGroup, { drawn: copied });
  };
  return (
    <Panel
      id="draw-schedule"
      title="Draw a schedule"
      lead="Drag the points to choose how much of the image is left after each step. A model can be trained with this schedule too."
    >
      <div className="stack">
        <p className="row note">
          <span>
            Image left, <i className="math">ᾱ</i>
          </span>
          <Explanation about="the drawing">{explanations.drawing}</Explanation>
        </p>
        <CurveEditor
          points={drawn}
          curve={curve}
          onMove={(index, alphaBar) => {
            const before = valuesOf(useStore.getState(), forwardLabGroup).drawn;
            set(forwardLabGroup, { drawn: withPoint(before, index, alphaBar) });
          }}
        />
        <div className="row note">
          <span>Begin with</span>
          {(Object.keys(schedules) as ScheduleId[]).map((schedule) => (
            <Button key={schedule} onClick={() => copy(schedule)}>
              {schedules[schedule].title}
            </Button>
          ))}
        </div>
        <div className="row note">
          <Button onClick={() => set(forwardLabGroup, { second: 'drawn' })}>Compare it</Button>
          <Button
            variant="primary"
            disabled={used === id}
            onClick={() => set(trainingGroup, { 'model.schedule': id })}
          >
            {used === id ? 'In use for the next model' : 'Use it for the next model'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
