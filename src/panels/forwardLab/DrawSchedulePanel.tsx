import { useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { drawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { type ScheduleId, schedules } from '../../engine/diffusion/schedules/schedules';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { CurveEditor } from './CurveEditor';
import { explanations } from './explanations';
import './DrawSchedulePanel.css';

/** ᾱ drawn by hand: the schedule called Drawn, here and in the settings of a new model. */
export function DrawSchedulePanel() {
  const drawn = useStore((state) => state.forwardLab.drawn);
  const nSteps = useStore((state) => state.settings.model.nSteps);
  const used = useStore((state) => state.settings.model.schedule);
  const { drawPoint, copyToDrawing, setForwardLab, changeModel } = useStore.getState();
  const id = drawnSchedule(drawn);
  const curve = useMemo(() => {
    const { alphaBar } = createDiffusion(id, 200);
    return [1, ...alphaBar];
  }, [id]);
  const copy = (schedule: ScheduleId) => {
    const { alphaBar } = createDiffusion(schedule, nSteps);
    copyToDrawing((u) => alphaBar[Math.max(0, Math.round(u * nSteps) - 1)] as number);
  };
  return (
    <Panel
      id="draw-schedule"
      title="Draw a schedule"
      lead="Drag the points: how much of the picture is left on the way. A model learns with it like with any other."
    >
      <div className="draw-schedule">
        <p className="draw-schedule__title">
          <span>
            Picture left, <i className="math">ᾱ</i>
          </span>
          <Explanation about="the drawing">{explanations.drawing}</Explanation>
        </p>
        <CurveEditor points={drawn} curve={curve} onMove={drawPoint} />
        <div className="draw-schedule__actions">
          <span>Begin with</span>
          {(Object.keys(schedules) as ScheduleId[]).map((schedule) => (
            <Button key={schedule} onClick={() => copy(schedule)}>
              {schedules[schedule].title}
            </Button>
          ))}
        </div>
        <div className="draw-schedule__actions">
          <Button onClick={() => setForwardLab({ second: 'drawn' })}>Compare it</Button>
          <Button variant="primary" disabled={used === id} onClick={() => changeModel({ schedule: id })}>
            {used === id ? 'In use for the next model' : 'Use it for the next model'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
