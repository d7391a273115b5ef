import type { ReactNode } from 'react';
import { drawnTexts, schedules } from '../../engine/diffusion/schedules/schedules';
import { type ScheduleChoice, scheduleChoices } from '../../store/forwardLabSlice';
import { SelectField } from '../../ui/controls/SelectField';

const options = scheduleChoices.map((value) => {
  const { title, description } = value === 'drawn' ? drawnTexts : schedules[value];
  return { value, title, description };
});

interface ScheduleSelectProps {
  label: string;
  explanation: ReactNode;
  value: ScheduleChoice;
  onChange: (choice: ScheduleChoice) => void;
}

/** One of all schedules, the drawn one among them. */
export function ScheduleSelect({ label, explanation, value, onChange }: ScheduleSelectProps) {
  return (
    <SelectField
      label={label}
      symbol={
        <>
          β<sub>t</sub>
        </>
      }
      explanation={explanation}
      value={value}
      options={options}
      onChange={onChange}
    />
  );
}

/** Name of a choice. */
export function titleOf(choice: ScheduleChoice): string {
  return choice === 'drawn' ? drawnTexts.title : schedules[choice].title;
}
