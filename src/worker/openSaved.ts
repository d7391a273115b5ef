import { CheckpointError } from '../engine/checkpoint/model';
import { SafetensorsError } from '../engine/checkpoint/safetensors';
import { messageOf } from '../engine/messageOf';
import { ConfigError } from '../engine/unet/config';
import { StateDictError } from '../engine/unet/weights';
import type { Model } from './model';
import type { ModelSaver } from './modelSaver';
import { openModel } from './savedModel';

export interface SavedModel {
  model: Model;
  bundle: Uint8Array;
  /** Why it is not the one that was saved last. */
  damage?: string;
}

/**
 * The model that was saved last; where that is damaged, it is set aside and the one before it is opened. Null where nothing
 * was saved. Throws with a message for the user where neither opens, and where `check` does, before it makes tensors.
 */
export async function openSaved(saver: ModelSaver, check: () => void): Promise<SavedModel | null> {
  const open = (bundle: Uint8Array | null) => {
    check();
    return bundle && { model: openModel(bundle), bundle };
  };
  let damage: string;
  try {
    return open(await saver.load());
  } catch (error) {
    if (!isDamage(error)) throw notBroughtBack(error);
    damage = messageOf(error);
  }
  try {
    const before = open(await saver.setAside());
    if (before) return { ...before, damage };
  } catch (error) {
    if (!isDamage(error)) throw notBroughtBack(error);
    await saver.setAside();
  }
  throw notBroughtBack(damage);
}

function notBroughtBack(reason: unknown): Error {
  return new Error(`The model of your last visit cannot be brought back: ${messageOf(reason)}`);
}

/** Whether it is the file that is wrong, and not the backend. */
function isDamage(error: unknown): boolean {
  const kinds = [SafetensorsError, CheckpointError, ConfigError, StateDictError];
  return kinds.some((kind) => error instanceof kind);
}
