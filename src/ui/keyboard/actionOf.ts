import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import type { Place } from './place';
import { type ActionOf, type PlaceId, shortcuts } from './shortcuts';

type Pressed = Pick<
  KeyboardEvent | ReactKeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'
>;

/** What a key does at a place; null for nothing. */
export function actionOf<Id extends PlaceId>(place: Id, event: Pressed): ActionOf<Id> | null {
  const { keys } = shortcuts[place] as Place;
  const found = Object.entries(keys).find(([, { strokes }]) =>
    strokes.some((stroke) => isPressed(stroke, event)),
  );
  return (found?.[0] ?? null) as ActionOf<Id> | null;
}

/** Whether a key types a character with no command key: such a one does nothing where one types. */
export function isCharacter({ key, ctrlKey, metaKey }: Pressed): boolean {
  return key.length === 1 && !ctrlKey && !metaKey;
}

function isPressed(stroke: string, event: Pressed): boolean {
  const modifiers = stroke.split('+');
  const key = modifiers.pop() ?? '';
  // Some layouts have ? and others at Alt Gr, which Windows tells as Ctrl and Alt.
  const plain = event.getModifierState?.('AltGraph') ?? false;
  const [ctrl, meta, alt] = plain ? [false, false, false] : [event.ctrlKey, event.metaKey, event.altKey];
  const command = modifiers.includes('Mod') ? ctrl !== meta : ctrl === modifiers.includes('Ctrl') && !meta;
  if (!command || alt) return false;
  const pressed = event.key === ' ' ? 'Space' : event.key;
  const symbol = key.length === 1 && !/[A-Z]/.test(key);
  // Whether a sign takes Shift is the layout's concern.
  if (!symbol && event.shiftKey !== modifiers.includes('Shift')) return false;
  return pressed.length === 1 ? pressed.toUpperCase() === key : pressed === key;
}

/** Where keys lead on a grid: x to the right, y downwards. */
export const directions = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;
