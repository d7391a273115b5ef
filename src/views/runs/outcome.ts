import { messageOf } from '../../engine/messageOf';
import type { RunsState } from './runsState';

/** Does something; what came of it is said above the list, and null is nothing to say. */
export async function sayOutcome(
  runs: { getState(): Pick<RunsState, 'say'> },
  work: () => Promise<string | null>,
): Promise<void> {
  const { say } = runs.getState();
  say(null);
  try {
    const text = await work();
    if (text !== null) say({ tone: 'good', text });
  } catch (error) {
    say({ tone: 'bad', text: messageOf(error) });
  }
}
