import { Keyboard } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { IconButton } from '../../ui/controls/IconButton';
import { openDialog, usePageDialogs } from '../pageDialogs';

const KeyboardHelp = lazy(() => import('./KeyboardHelp'));

/** Opens the list of all keys. */
export function HelpButton() {
  const open = usePageDialogs((state) => state.help);
  return (
    <>
      <IconButton
        className="help-button"
        label="Keyboard (?)"
        icon={Keyboard}
        aria-haspopup="dialog"
        onClick={() => openDialog('help')}
      />
      {open && (
        <Suspense fallback={null}>
          <KeyboardHelp />
        </Suspense>
      )}
    </>
  );
}
