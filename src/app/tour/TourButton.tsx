import { Compass } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from '../../store/store';
import { IconButton } from '../../ui/controls/IconButton';

/** Opens and closes the tour; has the focus again when the tour is closed. */
export function TourButton() {
  const open = useStore((state) => state.tour.open);
  const { openTour, closeTour } = useStore.getState();
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
      icon={<Compass size={16} aria-hidden />}
      aria-expanded={open}
      onClick={open ? closeTour : openTour}
    />
  );
}
