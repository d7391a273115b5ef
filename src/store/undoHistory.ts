/** A value with those that it took the place of, and those that were taken back. */
export interface UndoHistory<Value> {
  past: readonly Value[];
  present: Value;
  future: readonly Value[];
}

const limit = 100;

export function historyOf<Value>(present: Value): UndoHistory<Value> {
  return { past: [], present, future: [] };
}

/** With a new value; what was taken back before is gone. */
export function changed<Value>({ past, present }: UndoHistory<Value>, next: Value): UndoHistory<Value> {
  return { past: [...past, present].slice(-limit), present: next, future: [] };
}

/** With the present value replaced: one that is still being made. */
export function amended<Value>(history: UndoHistory<Value>, next: Value): UndoHistory<Value> {
  return { ...history, present: next };
}

/** The value before; the same history where there is none. */
export function undone<Value>(history: UndoHistory<Value>): UndoHistory<Value> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1) as Value, future: [present, ...future] };
}

/** The value that was taken back last; the same history where there is none. */
export function redone<Value>(history: UndoHistory<Value>): UndoHistory<Value> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0] as Value, future: future.slice(1) };
}
