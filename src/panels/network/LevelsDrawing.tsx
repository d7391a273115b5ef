import { Minus, Plus } from 'lucide-react';
import { Slider, Switch } from 'radix-ui';
import { type CSSProperties, useMemo, useRef } from 'react';
import type { ModelConfig } from '../../engine/unet/config';
import { useDeviceWidth } from '../../ui/canvasGrid/useDeviceWidth';
import { Button } from '../../ui/controls/Button';
import { DrawingLines } from './DrawingLines';
import { type Drawing, drawingOf, fittingBox } from './drawing';
import { LevelBoxes } from './LevelBoxes';
import { LevelsTable } from './LevelsTable';
import {
  canAddLevel,
  type Level,
  type LevelSettings,
  levelsOf,
  mostMultiplier,
  withLevel,
  withoutLevel,
} from './levels';
import './LevelsDrawing.css';

const BOX_HEIGHT = 24;
const STACK_GAP = 6;
const MOST_BOX = 22;

interface LevelsDrawingProps {
  model: ModelConfig;
  onChange: (levels: LevelSettings) => void;
}

/** The U-Net of a config, small. Each level's multiplier and attention stand in its row and are changed there. */
export function LevelsDrawing({ model, onChange }: LevelsDrawingProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const width = useDeviceWidth(sheet);
  const drawing = useMemo(() => {
    // Where a level has no attention, the drawing keeps the place of it.
    const everywhere = { ...model, isAttn: model.chMults.map(() => true) };
    const room = width ? width.width / width.ratio : 0;
    const pitch = fittingBox(everywhere, room, 0);
    const gap = Math.min(8, 0.4 * pitch);
    const box = Math.min(MOST_BOX, pitch - gap);
    return drawingOf(everywhere, { box, boxHeight: BOX_HEIGHT, gap, stackGap: STACK_GAP, arc: 4 });
  }, [model, width]);
  const levels = levelsOf(model);
  const change = (index: number, changes: Partial<Level>) => {
    const changed = levels.map((level, i) => (i === index ? { ...level, ...changes } : level));
    onChange({
      chMults: changed.map(({ multiplier }) => multiplier),
      isAttn: changed.map(({ attention }) => attention),
    });
  };
  return (
    <div className="stack gap-2">
      <LevelsTable levels={levels} />
      <div className="levels-drawing" style={{ height: drawing.height } as CSSProperties}>
        <div ref={sheet} className="levels-drawing__sheet">
          {width && (
            <div className="levels-drawing__u" style={{ width: drawing.width }}>
              <DrawingLines drawing={drawing} />
              <LevelBoxes drawing={drawing} isAttn={model.isAttn} />
            </div>
          )}
        </div>
        {levels.map((level, index) => (
          <LevelRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place.
            key={index}
            {...{ level, index, drawing }}
            onMultiplier={(multiplier) => change(index, { multiplier })}
            onAttention={(attention) => change(index, { attention })}
          />
        ))}
      </div>
      <div className="row">
        <Button
          icon={Plus}
          iconSize={15}
          disabled={!canAddLevel(model)}
          onClick={() => onChange(withLevel(model))}
        >
          Add level
        </Button>
        <Button
          icon={Minus}
          iconSize={15}
          disabled={levels.length === 1}
          onClick={() => onChange(withoutLevel(model))}
        >
          Remove level
        </Button>
      </div>
    </div>
  );
}

interface LevelRowProps {
  level: Level;
  index: number;
  drawing: Drawing;
  onMultiplier: (multiplier: number) => void;
  onAttention: (attention: boolean) => void;
}

/** The multiplier beside the residual blocks of a level; the whole strip of its attention blocks is their switch. */
function LevelRow({ level, index, drawing, onMultiplier, onAttention }: LevelRowProps) {
  const { size, multiplier, channels, attention } = level;
  const name = `level ${index + 1}`;
  const top = drawing.levels[index]?.y ?? 0;
  return (
    <>
      <div className="levels-drawing__level" style={{ top, height: BOX_HEIGHT }}>
        <b>
          {size}×{size}
        </b>
        <Slider.Root
          className="slider"
          value={[multiplier]}
          min={1}
          max={Math.max(mostMultiplier, multiplier)}
          onValueChange={([next]) => next !== undefined && onMultiplier(next)}
        >
          <Slider.Track className="slider__track">
            <Slider.Range className="slider__range" />
          </Slider.Track>
          <Slider.Thumb
            className="slider__thumb"
            aria-label={`Multiplier of ${name}`}
            aria-valuetext={`${multiplier}: ${channels} channels`}
          />
        </Slider.Root>
        <span aria-hidden>
          ×{multiplier} = <b>{channels}</b>
        </span>
      </div>
      <Switch.Root
        className="levels-drawing__attention"
        style={{ top: top + BOX_HEIGHT + STACK_GAP / 2, height: BOX_HEIGHT + STACK_GAP }}
        aria-label={`Attention at ${name}`}
        checked={attention}
        onCheckedChange={onAttention}
      >
        <span className="switch" data-state={attention ? 'checked' : 'unchecked'}>
          <Switch.Thumb className="switch__thumb" />
        </span>
        Attention
      </Switch.Root>
    </>
  );
}
