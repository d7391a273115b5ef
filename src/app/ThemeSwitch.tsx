import { Monitor, Moon, Sun } from 'lucide-react';
import { Segmented } from '../ui/controls/Segmented';
import { chooseTheme, useThemeChoice } from '../ui/theme';

const options = [
  { value: 'system', title: <Monitor size={15} role="img" aria-label="As the system" /> },
  { value: 'light', title: <Sun size={15} role="img" aria-label="Light" /> },
  { value: 'dark', title: <Moon size={15} role="img" aria-label="Dark" /> },
] as const;

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const choice = useThemeChoice();
  return <Segmented label="Theme" labelHidden value={choice} options={options} onChange={chooseTheme} />;
}
