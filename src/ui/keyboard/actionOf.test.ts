import { describe, expect, it } from 'vitest';
import { actionOf } from './actionOf';
import type { Place } from './place';
import { shortcuts } from './shortcuts';

/** A key press as browsers tell it; 'Control+Z'. */
function press(text: string) {
  const held = text.split('+');
  const key = held.pop() as string;
  return {
    key,
    shiftKey: held.includes('Shift'),
    ctrlKey: held.includes('Control'),
    metaKey: held.includes('Meta'),
    altKey: held.includes('Alt'),
    getModifierState: (name: string) => held.includes(name),
  };
}

describe('keys', () => {
  it('do what the table says, with the modifiers that it says', () => {
    const of = (text: string) => actionOf('page', press(text));
    expect(['Control+z', 'Meta+z', 'Control+Shift+Z', 'Meta+Shift+z', 'Control+y'].map(of)).toEqual([
      ...['undo', 'undo', 'redo', 'redo', 'redo'],
    ]);
    // Cmd+Y is the browser's, Alt a menu's, and a capital is a letter typed.
    expect(['Meta+y', 'Control+Meta+z', 'Alt+p', 'Control+s', 'Control+p', 'Control+n'].map(of)).toEqual(
      Array(6).fill(null),
    );
    expect(['p', 'Shift+?', '?', 'Control+Alt+AltGraph+?', ',', 'd'].map(of)).toEqual([
      ...['training', 'help', 'help', 'help', 'timeBack', 'theme'],
    ]);
    expect(actionOf('imageGrid', press(' '))).toBe('choose');
    expect(actionOf('pixelPainter', press('Shift+ArrowLeft'))).toBe('paintLeft');
    expect(actionOf('numberField', press('Shift+ArrowUp'))).toBe('muchMore');
  });

  it('do one thing each at a place, and none that is a browser’s with a letter alone', () => {
    for (const [id, { keys }] of Object.entries(shortcuts) as [string, Place][]) {
      const strokes = Object.values(keys).flatMap((one) => one.strokes);
      expect(new Set(strokes).size, id).toBe(strokes.length);
    }
    // Type-ahead find of some browsers, and what screen readers take to move about is theirs before a page hears of it.
    for (const { strokes } of Object.values(shortcuts.page.keys))
      for (const stroke of strokes) expect(["'", '/', 'Space', 'Tab', 'Enter']).not.toContain(stroke);
  });
});
