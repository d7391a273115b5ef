import type { Checkpoint } from './checkpoint';

/**
 * Whether a model learned from images that are held out now: from before there was a split, or by another program. Only a
 * file that says that it did not is believed.
 */
export function sawHeldOut(
  { training }: Pick<Checkpoint, 'training'>,
  metadata: Readonly<Record<string, string>>,
): boolean {
  const recorded = (training?.extra as { sawHeldOut?: unknown } | null | undefined)?.sawHeldOut;
  return typeof recorded === 'boolean' ? recorded : metadata.saw_held_out !== 'false';
}
