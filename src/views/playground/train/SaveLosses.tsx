import { Download } from 'lucide-react';
import { download } from '../../../store/download';
import { useStore } from '../../../store/store';
import { IconButton } from '../../../ui/controls/IconButton';

/** The loss of every step as a table for other programs. */
export function SaveLosses() {
  const step = useStore((state) => state.training.step);
  const save = async () => {
    const { lossCsv } = await import('./lossCsv');
    const { losses, heldOutLosses, step: last } = useStore.getState().training;
    download(`ddpm-loss-${last}-steps.csv`, lossCsv(losses, heldOutLosses), 'text/csv');
  };
  return (
    <IconButton
      label="Save the losses as CSV"
      icon={Download}
      disabled={step === 0}
      onClick={() => void save()}
    />
  );
}
