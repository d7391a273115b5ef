/** A key, or several that do the same. */
export interface Shortcut {
  title: string;
  /** As "Mod+Shift+Z": Mod is Cmd on a Mac and Ctrl elsewhere; the key is that of KeyboardEvent, Space for the blank. */
  strokes: readonly string[];
}

/** Where keys work, and what they do there. */
export interface Place {
  title: string;
  note?: string;
  /** A library hears them. */
  native?: boolean;
  keys: Readonly<Record<string, Shortcut>>;
}
