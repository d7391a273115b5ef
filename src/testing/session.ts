import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { vi } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import type { StudyEnvironment } from '../engine/study/study';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { SamplingStep, TrainingEvent } from '../worker/protocol';
import { Session, type SessionEnvironment } from '../worker/session';
import { MemoryAutosave } from './autosave';
import { tinyConfig } from './tinyModel';

/** The wasm backend, once for all sessions of a test file: it cannot start twice. */
export const wasm = startBackend({ backend: 'wasm', threads: 1 });

/** The same with operations of which some are not what they should be. */
export const wasmWith = (changes: Partial<Operations>) => async () => ({
  ...(await wasm),
  operations: { ...fusedOperations, ...changes },
});

/** A backend that says it is webgpu, and how to lose it; after that there is only wasm. */
export async function losableBackend(operations: Partial<Operations> = {}) {
  const { report } = await wasm;
  let onLost: (reason: string) => void = () => {};
  const start = vi.fn<typeof startBackend>(async (options = {}) => {
    if (options.without?.includes('webgpu')) return wasm;
    onLost = options.onLost ?? onLost;
    return { report: { ...report, name: 'webgpu' }, operations: { ...fusedOperations, ...operations } };
  });
  const lose = (reason = 'the driver was reset') => onLost(reason);
  return { start, lose };
}

const readPublic = (folder: string) => (_: string, fileName: string) =>
  readFile(new URL(`../../public/${folder}/${fileName}`, import.meta.url));

export const environment = () => ({
  autosave: new MemoryAutosave(),
  readData: readPublic('data'),
  readModel: readPublic('models'),
  startBackend: () => wasm,
});

/** A session that has started, without a data set. */
export async function startedSession(changes: Partial<SessionEnvironment> = {}): Promise<Session> {
  const session = new Session({ ...environment(), ...changes });
  await session.start({ baseUrl: '' });
  return session;
}

/** A session with the digits. */
export async function sessionWithDigits(changes: Partial<SessionEnvironment> = {}): Promise<Session> {
  const session = await startedSession(changes);
  await session.loadDataset('digits');
  return session;
}

/** A session with the digits and an untrained model of tinyConfig. */
export async function sessionWithModel(changes: Partial<SessionEnvironment> = {}): Promise<Session> {
  const session = await sessionWithDigits(changes);
  await session.createModel(tinyConfig, 1);
  return session;
}

/** All steps of a run of sampling; throws where it does not finish. */
export async function sampledSteps(session: Session, settings: SamplingSettings): Promise<SamplingStep[]> {
  const steps: SamplingStep[] = [];
  const { reason } = await session.sample(settings, (step) => steps.push(step));
  if (reason !== 'finished') throw new Error(`The run ended: ${reason}.`);
  return steps;
}

/** The events of one kind. */
export function ofKind<Kind extends TrainingEvent['kind']>(events: readonly TrainingEvent[], kind: Kind) {
  return events.filter((event): event is Extract<TrainingEvent, { kind: Kind }> => event.kind === kind);
}

/** The weights of the model that is asked about, a layer's matrix by its name. */
const weights = async ({ weights: layers }: StudyEnvironment) => {
  const read = [...layers].map(
    async ([name, tensor]) => [name, (await tensor.data()) as Float32Array] as const,
  );
  return new Map(await Promise.all(read));
};

export const weightStudies = { weights };

/** The weights of the session's own model. The session needs weightStudies. */
export const weightsOf = (session: Session, which: 'ema' | 'raw') =>
  session.study<typeof weights>('weights', { own: which }, undefined as never);

/** Number of tensors that the backend holds. */
export const liveTensors = () => tf.memory().numTensors;
