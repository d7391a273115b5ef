/** What a kept run takes. */
export interface Kept {
  id: string;
  pinned: boolean;
  updatedAt: number;
  /** Of its curves and samples, and of its checkpoint. */
  bytes: number;
  checkpointBytes: number;
}

export interface Budget {
  runs: number;
  bytes: number;
  checkpointBytes: number;
}

/** What a browser gives without asking anyone. */
export const pageBudget: Budget = { runs: 200, bytes: 128 * 2 ** 20, checkpointBytes: 256 * 2 ** 20 };

/** Which runs, and which checkpoints of the others, go so that the rest fits: the oldest first, pinned ones never. */
export function beyondBudget(
  kept: readonly Kept[],
  { runs, bytes, checkpointBytes }: Budget,
): { runs: string[]; checkpoints: string[] } {
  const oldest = kept.filter(({ pinned }) => !pinned).sort((a, b) => a.updatedAt - b.updatedAt);
  const total = (of: 'bytes' | 'checkpointBytes') => kept.reduce((sum, one) => sum + one[of], 0);
  let [count, size, checkpoints] = [kept.length, total('bytes'), total('checkpointBytes')];
  const gone: string[] = [];
  for (const one of oldest) {
    if (count <= runs && size <= bytes) break;
    gone.push(one.id);
    count--;
    size -= one.bytes;
    checkpoints -= one.checkpointBytes;
  }
  const bare: string[] = [];
  for (const one of oldest) {
    if (checkpoints <= checkpointBytes) break;
    if (gone.includes(one.id) || one.checkpointBytes === 0) continue;
    bare.push(one.id);
    checkpoints -= one.checkpointBytes;
  }
  return { runs: gone, checkpoints: bare };
}
