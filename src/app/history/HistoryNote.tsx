import { useEffect, useState } from 'react';
import { settingsHistory } from '../../store/history/pageHistory';
import { addressOf, useView } from '../useView';
import { type ViewId, views } from '../views';
import { tell, useTold } from './told';
import './HistoryNote.css';

/** How long a note stays, milliseconds. */
const stays = 6000;

/** Says what was taken back or brought back, with a way to the view where it shows; goes by itself. */
export function HistoryNote() {
  const told = useTold((state) => state.told);
  const [shown, setShown] = useState(0);
  const view = useView();
  useEffect(
    () =>
      settingsHistory.subscribe(({ told }, before) => {
        if (told && told !== before.told) tell(told.text, told.view);
      }),
    [],
  );
  const count = told?.count ?? 0;
  useEffect(() => {
    setShown(count);
    const timer = setTimeout(() => setShown(0), stays);
    return () => clearTimeout(timer);
  }, [count]);
  const visible = told !== null && shown === count;
  const elsewhere = told?.view && told.view !== view ? (told.view as ViewId) : null;
  return (
    <>
      <p className="visually-hidden" role="status">
        {visible ? told.text : ''}
      </p>
      {visible && (
        <div className="history-note">
          <span aria-hidden>{told.text}</span>
          {elsewhere && <a href={addressOf(elsewhere)}>Show in {views[elsewhere].title}</a>}
        </div>
      )}
    </>
  );
}
