import { objectives } from '../../engine/diffusion/objectives/objectives';
import { parseDrawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { drawnTexts, schedules } from '../../engine/diffusion/schedules/schedules';
import { factsOf } from '../../store/datasetFacts';
import { settingTitles } from '../../store/settings';
import { useStore } from '../../store/store';
import { SelectField } from '../../ui/controls/SelectField';
import { SwitchField } from '../../ui/controls/SwitchField';
import { explanations } from './explanations';
import { SettingGroup } from './SettingGroup';
import { SettingNumber } from './SettingNumber';

const scheduleOptions = optionsOf(schedules);
const objectiveOptions = optionsOf(objectives);

/** How noise is added, and what the network learns to predict from it. */
export function DiffusionSettings() {
  const { nSteps, schedule, objective, nClasses } = useStore((state) => state.settings.model);
  const classes = useStore((state) => factsOf(state, state.settings.dataset).classNames.length);
  const { changeModel } = useStore.getState();
  return (
    <SettingGroup title="Diffusion" when="of a new model">
      <div className="setting-group__fields">
        <SettingNumber
          field="nSteps"
          symbol="T"
          value={nSteps}
          onCommit={(nSteps) => changeModel({ nSteps })}
          min={2}
          max={10_000}
          step={100}
          integer
        />
        <SelectField
          label="Schedule"
          symbol={
            <>
              β<sub>t</sub>
            </>
          }
          explanation={explanations.schedule}
          value={schedule}
          options={
            isDrawn(schedule) ? [...scheduleOptions, { value: schedule, ...drawnTexts }] : scheduleOptions
          }
          onChange={(schedule) => changeModel({ schedule })}
        />
        <SelectField
          label="Prediction"
          explanation={explanations.objective}
          value={objective}
          options={objectiveOptions}
          onChange={(objective) => changeModel({ objective })}
        />
        <div className="setting-group__switch">
          <SwitchField
            label={settingTitles.nClasses}
            symbol="c"
            explanation={explanations.nClasses}
            checked={nClasses > 0}
            onChange={(learned) => changeModel({ nClasses: learned ? classes : 0 })}
          />
        </div>
      </div>
    </SettingGroup>
  );
}

const isDrawn = (schedule: string) => parseDrawnSchedule(schedule) !== null;

function optionsOf(table: Record<string, { title: string; description: string }>) {
  return Object.entries(table).map(([value, { title, description }]) => ({ value, title, description }));
}
