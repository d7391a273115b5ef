import { Redo2, Undo2 } from 'lucide-react';
import { settingsHistory, useHistory } from '../../store/history/pageHistory';
import { IconButton } from '../../ui/controls/IconButton';
import { keyNames } from '../../ui/keyboard/keyNames';

/** Take back and bring back the last change of a setting, by its name. */
export function HistoryButtons() {
  const undo = useHistory(({ past }) => past.at(-1)?.title ?? null);
  const redo = useHistory(({ future }) => future[0]?.title ?? null);
  const history = settingsHistory.getState();
  // Not `disabled`: the focus would be lost with the last one.
  return (
    <div className="history-buttons row gap-1">
      <IconButton
        label={undo ? `Undo: ${undo} (${keyNames('Mod+Z')})` : 'Nothing to undo'}
        icon={Undo2}
        aria-disabled={undo === null}
        onClick={() => history.undo()}
      />
      <IconButton
        label={redo ? `Redo: ${redo} (${keyNames('Mod+Shift+Z')})` : 'Nothing to redo'}
        icon={Redo2}
        aria-disabled={redo === null}
        onClick={() => history.redo()}
      />
    </div>
  );
}
