import { Minus, Plus } from 'lucide-react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Explanation } from '../../ui/controls/Explanation';
import { Segmented } from '../../ui/controls/Segmented';
import { Toggle } from '../../ui/controls/Toggle';
import { explanations } from './explanations';
import { canAddLevel, type Level, levelsOf, withLevel, withoutLevel } from './levels';
import { useSettingsProblems } from './useSettingsProblems';
import './LevelTable.css';

/** A row a level of the UNet: its pixels, its multiplier, the channels that come of it, and its attention. */
export function LevelTable() {
  const model = useStore((state) => state.settings.model);
  const { changeModel } = useStore.getState();
  const { chMults, isAttn } = useSettingsProblems();
  const levels = levelsOf(model);
  const problem = chMults ?? isAttn;
  return (
    <div className="levels">
      <table className="levels__table">
        <caption className="visually-hidden">Levels of the UNet</caption>
        <thead>
          <tr>
            <th scope="col">Level</th>
            <th scope="col">
              <span className="levels__head">
                Multiplier
                <Explanation about="the multiplier">{explanations.chMults}</Explanation>
              </span>
            </th>
            <th scope="col">Channels</th>
            <th scope="col">
              <span className="levels__head">
                Attention
                <Explanation about="attention">{explanations.isAttn}</Explanation>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {levels.map((level, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place.
            <Row key={index} index={index} level={level} />
          ))}
        </tbody>
      </table>
      {problem !== undefined && (
        <p className="field__problem" role="alert">
          {problem}
        </p>
      )}
      <div className="levels__buttons">
        <Button
          icon={<Plus size={15} aria-hidden />}
          disabled={!canAddLevel(model)}
          onClick={() => changeModel(withLevel(model))}
        >
          Add level
        </Button>
        <Button
          icon={<Minus size={15} aria-hidden />}
          disabled={levels.length === 1}
          onClick={() => changeModel(withoutLevel(model))}
        >
          Remove level
        </Button>
      </div>
    </div>
  );
}

function Row({ index, level: { size, multiplier, channels, attention } }: { index: number; level: Level }) {
  const { chMults, isAttn } = useStore((state) => state.settings.model);
  const { changeModel } = useStore.getState();
  const name = `level ${index + 1}`;
  return (
    <tr>
      <th scope="row">
        {size}×{size}
      </th>
      <td>
        <Segmented
          label={`Multiplier of ${name}`}
          labelHidden
          value={String(multiplier)}
          options={multipliers}
          onChange={(value) => changeModel({ chMults: chMults.with(index, Number(value)) })}
        />
      </td>
      <td className="levels__channels">{channels}</td>
      <td>
        <Toggle
          label={`Attention at ${name}`}
          checked={attention}
          onChange={(checked) => changeModel({ isAttn: isAttn.with(index, checked) })}
        />
      </td>
    </tr>
  );
}

const multipliers = ['1', '2', '3', '4'].map((value) => ({ value, title: `×${value}` }));
