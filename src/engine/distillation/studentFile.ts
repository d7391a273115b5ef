import { writeModel } from '../checkpoint/model';
import type { TrainingState } from '../training/trainer';
import { stateDictOf } from '../unet/weights';
import type { DistillationSettings } from './methods';

/** What the file of a student says beside its weights. */
export interface StudentFacts {
  settings: Pick<DistillationSettings, 'method' | 'teacherSteps' | 'guidance'>;
  /** Of the last stage: the steps that the student learned, and the training steps that it took. */
  reached: { studentSteps: number; step: number };
  /** Whether its teacher learned from the images that data/split holds out, too. */
  sawHeldOut: boolean;
  /** Metadata on the data that both learned. */
  data: Readonly<Record<string, string>>;
}

/** A student as a model file: its averaged weights. The metadata's `distilled` say how it was made. */
export async function writeStudent(
  { config, ema }: Pick<TrainingState, 'config' | 'ema'>,
  { settings: { method, teacherSteps, guidance }, reached, sawHeldOut, data }: StudentFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeModel(config, await stateDictOf(config, ema), {
    ...data,
    steps: String(reached.step),
    saw_held_out: String(sawHeldOut),
    distilled: JSON.stringify({
      method,
      teacher_steps: teacherSteps,
      student_steps: reached.studentSteps,
      guidance,
    }),
  });
}
