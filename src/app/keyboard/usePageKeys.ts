import { useEffect } from 'react';
import { settingsHistory } from '../../store/history/pageHistory';
import { actionOf, isCharacter } from '../../ui/keyboard/actionOf';
import type { ActionOf } from '../../ui/keyboard/shortcuts';
import { chooseTheme, currentTheme } from '../../ui/theme';
import { announce } from '../history/announcement';
import { openDialog } from '../pageDialogs';
import { usePresenter } from '../presenter/state';
import { addressOf } from '../useView';
import { type ViewId, views } from '../views';
import { pressTraining } from './pressTraining';
import { useSingleKeys } from './singleKeys';
import { moveTime } from './viewTimes';

/** The keys that work everywhere on the page. */
export function usePageKeys(view: ViewId, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      const action = actionOf('page', event);
      if (action === null || event.defaultPrevented || isElsewhere(event)) return;
      if (isCharacter(event) && !useSingleKeys.getState().on) return;
      event.preventDefault();
      act[action](view);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [view, enabled]);
}

const act: Record<ActionOf<'page'>, (view: ViewId) => void> = {
  undo: () => settingsHistory.getState().undo(),
  redo: () => settingsHistory.getState().redo(),
  training(view) {
    const problem = pressTraining(view);
    if (problem) announce(problem);
  },
  timeBack: (view) => moveTime(view, -1),
  timeOn: (view) => moveTime(view, 1),
  viewBefore: (view) => turnTo(view, -1),
  viewAfter: (view) => turnTo(view, 1),
  theme: () => chooseTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
  share: () => openDialog('share'),
  present: () => usePresenter.getState().present(),
  help: () => openDialog('help'),
};

function turnTo(view: ViewId, by: number): void {
  const ids = Object.keys(views) as ViewId[];
  const next = ids[ids.indexOf(view) + by];
  if (next) location.hash = addressOf(next);
}

const fields = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]';
/** They find an entry by its first letters. */
const listed = '[role=combobox], [role=menu], [data-radix-select-viewport]';
const dialogs = '[role=dialog]:not([aria-modal=false]), [role=alertdialog]';

/** Whether a key belongs to what has the focus: a field in which one types, a list, a dialog. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (target.closest(dialogs)) return true;
  if (target.closest(listed)) return isCharacter(event);
  const field = target.closest<HTMLElement>(fields);
  return field !== null && (isCharacter(event) || field.dataset.untouched === undefined);
}
