import { useEffect, useState } from 'react';
import { Button } from '../../ui/controls/Button';
import { useTour } from './state';

/** On the first visit, a line above the page that offers the tour; it covers nothing, and comes once. */
export function TourOffer() {
  const [first] = useState(() => !useTour.getState().offered);
  const [answered, setAnswered] = useState(false);
  const { openTour, declineTour } = useTour.getState();
  const open = useTour((state) => state.open);
  useEffect(() => {
    if (first) declineTour();
  }, [first, declineTour]);
  useEffect(() => {
    if (open) setAnswered(true);
  }, [open]);
  if (!first || answered || open) return null;
  return (
    <section className="notice" aria-label="Guided tour offered">
      <p>
        New here? Eight short steps lead from the data to new images, of a pretrained model and then of yours.
      </p>
      <Button onClick={openTour}>Take the tour</Button>
      <Button onClick={() => setAnswered(true)}>No, thanks</Button>
    </section>
  );
}
