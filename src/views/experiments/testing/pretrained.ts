import { readFile } from 'node:fs/promises';
import { startWasm } from '../../../engine/backend/wasm';
import { readBundle } from '../../../engine/checkpoint/bundle';
import { type LoadedDataset, loadDataset } from '../../../engine/data/datasets';
import { createDiffusion } from '../../../engine/diffusion/diffusion';
import type { Condition } from '../../../engine/diffusion/guidance';
import { fusedOperations } from '../../../engine/kernels/fused';
import { type ShippedModelId, shippedModels } from '../../../engine/models/shippedModels';
import { unetDenoiser } from '../../../engine/unet/denoiser';
import type { ForwardHooks } from '../../../engine/unet/hooks';
import { weightsFromStateDict } from '../../../engine/unet/weights';

const place = new URL('../../../../public/', import.meta.url);
const read = (path: string) => readFile(new URL(path, place));

let started: Promise<unknown> | undefined;

/** The engine in Node, once: a backend cannot start twice. */
export function startEngine(): Promise<unknown> {
  started ??= startWasm({ threads: 1 });
  return started;
}

/** A model that ships with the page, and its denoisers. */
export async function pretrained(id: ShippedModelId) {
  await startEngine();
  const { config, ema } = readBundle(await read(`models/${shippedModels[id].file}`));
  const weights = weightsFromStateDict(config, ema);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const denoiser = (conditions?: readonly Condition[], hooks?: ForwardHooks) =>
    unetDenoiser(config, diffusion, fusedOperations, weights, conditions, hooks);
  return { config, diffusion, weights, denoiser };
}

/** The digits, 8×8. */
export async function digitImages(): Promise<LoadedDataset> {
  return { id: 'digits', ...(await loadDataset('digits', (name) => read(`data/${name}`))) };
}
