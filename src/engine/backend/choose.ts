import type { Operations } from '../kernels/operations';
import { messageOf } from '../messageOf';
import { type BackendName, type BackendReport, backendNames, backendTitles } from './report';

/** A backend that has started. */
export interface StartedBackend {
  operations: Operations;
  device: string;
  threads: number;
  /** What the user should know of the way it runs, a sentence each. */
  notices?: string[];
}

/** How a backend starts; `forced` where the user asked for it by name. Throws where it cannot. */
export type BackendStarters = Record<BackendName, (options: { forced: boolean }) => Promise<StartedBackend>>;

/** Compares what a backend computes with known numbers; throws where it is untrue. */
export type SelfTest = (operations: Operations) => Promise<void>;

/**
 * The first backend that starts and passes its self-test: the forced one, then webgpu, wasm, webgl, cpu. The report says
 * of each better one why it was passed over. Throws where none is left.
 */
export async function chooseBackend(
  starters: BackendStarters,
  selfTest: SelfTest,
  forced?: BackendName,
): Promise<{ report: BackendReport; operations: Operations }> {
  const passedOver: string[] = [];
  for (const name of new Set(forced ? [forced, ...backendNames] : backendNames)) {
    try {
      const started = await starters[name]({ forced: name === forced });
      const { operations, device, threads, notices = [] } = started;
      await selfTest(operations);
      const fused = operations.name === 'fused';
      return {
        report: { name, device, threads, fused, notices: [...passedOver, ...notices] },
        operations,
      };
    } catch (error) {
      const reason = messageOf(error);
      passedOver.push(`${backendTitles[name]} is not used: ${reason.replace(/\.$/, '')}.`);
    }
  }
  throw new Error(`No backend works here. ${passedOver.join(' ')}`);
}
