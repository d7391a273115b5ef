const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const names: Record<string, string> = {
  Mod: mac ? '⌘' : 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
  Backspace: '⌫',
};

/** The keys of a stroke as keyboards have them: "Ctrl", "Shift", "Z". */
export function keysOf(stroke: string): string[] {
  return stroke.split('+').map((key) => names[key] ?? key);
}

/** The same in one: "Ctrl+Z". */
export function keyNames(stroke: string): string {
  return keysOf(stroke).join('+');
}
