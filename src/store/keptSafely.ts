/** Whether the browser has promised to keep what this page stores; null where it does not say. */
export type KeptSafely = boolean | null;

type Storage = Partial<Pick<StorageManager, 'persist' | 'persisted'>>;

/** Asks the browser to keep what this page stores until the user deletes it. It may say no, without a question to anybody. */
export async function askToKeep(storage: Storage | undefined): Promise<KeptSafely> {
  return answerOf(() => storage?.persist?.());
}

/** What it has answered before. */
export async function isKept(storage: Storage | undefined): Promise<KeptSafely> {
  return answerOf(() => storage?.persisted?.());
}

async function answerOf(ask: () => Promise<boolean> | undefined): Promise<KeptSafely> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}
