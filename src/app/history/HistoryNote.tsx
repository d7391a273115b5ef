import { useEffect, useState } from 'react';
import { settingsHistory } from '../../store/history/pageHistory';
import { addressOf, useView } from '../useView';
import { type ViewId, views } from '../views';
import { announce, useAnnouncement } from './announcement';
import './HistoryNote.css';

/** How long a note stays, milliseconds. */
const stays = 6000;

/** Says what was taken back or brought back, with a way to the view where it shows; goes by itself. */
export function HistoryNote() {
  const announcement = useAnnouncement((state) => state.announcement);
  const [shown, setShown] = useState(0);
  const view = useView();
  useEffect(
    () =>
      settingsHistory.subscribe(({ announcement }, before) => {
        if (announcement && announcement !== before.announcement)
          announce(announcement.text, announcement.view);
      }),
    [],
  );
  const count = announcement?.count ?? 0;
  useEffect(() => {
    setShown(count);
    const timer = setTimeout(() => setShown(0), stays);
    return () => clearTimeout(timer);
  }, [count]);
  const visible = announcement !== null && shown === count;
  const elsewhere = announcement?.view && announcement.view !== view ? (announcement.view as ViewId) : null;
  return (
    <>
      <p className="visually-hidden" role="status">
        {visible ? announcement.text : ''}
      </p>
      {visible && (
        <div className="history-note">
          <span aria-hidden>{announcement.text}</span>
          {elsewhere && <a href={addressOf(elsewhere)}>Show in {views[elsewhere].title}</a>}
        </div>
      )}
    </>
  );
}
