import { useEffect, useState } from 'react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import './TourOffer.css';

/** On the first visit, a line above the page that offers the tour; it covers nothing, and comes once. */
export function TourOffer() {
  const [first] = useState(() => !useStore.getState().tour.offered);
  const [answered, setAnswered] = useState(false);
  const { openTour, declineTour } = useStore.getState();
  const open = useStore((state) => state.tour.open);
  useEffect(() => {
    if (first) declineTour();
  }, [first, declineTour]);
  useEffect(() => {
    if (open) setAnswered(true);
  }, [open]);
  if (!first || answered || open) return null;
  return (
    <section className="tour-offer" aria-label="Guided tour offered">
      <p>New here? Eight short steps lead from the data to a trained model.</p>
      <Button onClick={openTour}>Take the tour</Button>
      <Button onClick={() => setAnswered(true)}>No, thanks</Button>
    </section>
  );
}
