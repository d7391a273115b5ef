import { Presentation } from 'lucide-react';
import { IconButton } from '../../ui/controls/IconButton';
import { usePresenter } from './state';

/** Shows one panel at a time, for a lecture. */
export function PresenterButton() {
  return (
    <IconButton
      className="presenter-button"
      label="Presenter mode (F)"
      icon={Presentation}
      onClick={usePresenter.getState().present}
    />
  );
}
