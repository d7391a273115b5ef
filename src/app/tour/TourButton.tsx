import { Compass } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../../ui/controls/IconButton';
import { useTour } from './state';

/** Opens and closes the tour; has the focus again when the tour is closed. */
export function TourButton() {
  const open = useTour((state) => state.open);
  const { openTour, closeTour } = useTour.getState();
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <IconButton
      ref={button}
      className="tour-button"
      label="Guided tour"
      icon={Compass}
      aria-expanded={open}
      onClick={open ? closeTour : openTour}
    />
  );
}
