import { useEffect } from 'react';
import { settingsHistory } from '../../store/history/pageHistory';

/** Between two presses of a key that belong together, milliseconds. */
const together = 1000;

/** Tells the history where a movement of the hand begins: a press of the pointer, or of a key that is not the same again. */
export function useGestures(): void {
  useEffect(() => {
    const begin = () => settingsHistory.getState().newGesture();
    let last = { key: '', at: Number.NEGATIVE_INFINITY, target: null as EventTarget | null };
    const press = ({ key, timeStamp: at, target }: KeyboardEvent) => {
      if (key !== last.key || target !== last.target || at - last.at > together) begin();
      last = { key, at, target };
    };
    addEventListener('pointerdown', begin, true);
    addEventListener('keydown', press, true);
    return () => {
      removeEventListener('pointerdown', begin, true);
      removeEventListener('keydown', press, true);
    };
  }, []);
}
