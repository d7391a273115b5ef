import { batchSource } from '../../engine/data/batches';
import { splitOf } from '../../engine/data/split';
import { divergence } from '../../engine/distillation/checks';
import { createStudent, distill, teacherPairs } from '../../engine/distillation/distill';
import { type DistillationSettings, distillationMethods } from '../../engine/distillation/methods';
import { writeStudent } from '../../engine/distillation/studentFile';
import type { FieldModel } from '../../engine/distillation/velocityField';
import { type Study, type StudyEnvironment, studyEnvironment } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import {
  type BatchSource,
  checkTrainerSettings,
  disposeTrainingState,
  type TrainingState,
} from '../../engine/training/trainer';
import { type Distances, measureDistances } from './distances';
import { type DrawnImages, drawImages, Redrawing } from './drawing';
import type { DistillationChoices } from './settings';

/** Who drew images: the teacher in its own steps, or in those of the student, and the student. */
export type Drawer = 'teacher' | 'teacherInFew' | 'student';

/** Where a student stands. */
export interface StudentPlace {
  /** From 0, of `stages`. */
  stage: number;
  stages: number;
  /** Training steps done in this stage. */
  step: number;
  /** Steps in which it draws. */
  drawsIn: number;
}

/** `done` of `total`: images of the teacher, training steps, or network evaluations of the measurement. */
export type DistillingReport = { done: number; total: number } & (
  | { kind: 'pairs' }
  | ({ kind: 'step'; loss: number } & StudentPlace)
  | ({ kind: 'images'; of: Drawer; step: number } & DrawnImages)
  /** The student as a model file, at the end or where it was ended early. */
  | ({ kind: 'student'; bytes: Uint8Array } & StudentPlace)
  | { kind: 'measuring' }
);

export interface DistillingResult {
  /** False where it ended early. */
  finished: boolean;
  /** Null where it ended early, and of a data set without a feature network. */
  distances: Distances | null;
}

/**
 * Trains a student that needs fewer steps than the model, on the training images alone. Both draw from the same noise while it
 * learns. Ended early, it still reports the student.
 */
export const distilling: Study<DistillationChoices, DistillingResult, DistillingReport> = async (
  given,
  request,
  tell,
) => {
  const dataset = given.dataset();
  // The page may choose another one before the student has learned.
  const environment = { ...given, dataset: () => dataset };
  const { config, diffusion, weights, inTurn } = environment;
  const { training } = splitOf(dataset);
  const { fromPairs } = distillationMethods[request.method];
  checkTrainerSettings(request, fromPairs ? request.pairs : training.count);
  const teacher: FieldModel = { config, diffusion, weights };
  const student = await inTurn(() => createStudent(teacher, request.seed));
  try {
    const source = fromPairs ? await pairsOf(environment, teacher, request, tell) : batchSource(training);
    if (!source) return { finished: false, distances: null };
    if (!(await learn(environment, { teacher, student, source }, request, tell)))
      return { finished: false, distances: null };
    const measuring = measureDistances(environment, studentOf(environment, student), request);
    for (;;) {
      const { done, value } = await measuring.next();
      if (done) return { finished: true, distances: value };
      if (!(await tell({ kind: 'measuring', ...value }))) return { finished: false, distances: null };
    }
  } finally {
    disposeTrainingState(student);
  }
};

type Tell = (report: DistillingReport) => Promise<boolean>;

/** The student as a model to draw from. */
function studentOf(
  { operations, sawHeldOut, inTurn, dataset, readModel }: StudyEnvironment,
  { config, ema }: TrainingState,
): StudyEnvironment {
  return studyEnvironment({ config, weights: ema, operations, sawHeldOut }, { inTurn, dataset, readModel });
}

/** The pairs to learn from; null where nobody wants the rest. */
async function pairsOf(
  { operations, inTurn }: StudyEnvironment,
  teacher: FieldModel,
  { pairs: count, teacherSteps: steps, seed }: DistillationChoices,
  tell: Tell,
): Promise<BatchSource | null> {
  const drawing = teacherPairs(teacher, operations, { count, steps, random: new Random(seed), part: 16 });
  for (;;) {
    const { done, value } = await inTurn(() => drawing.next());
    if (done) return value;
    if (!(await tell({ kind: 'pairs', done: value, total: count }))) return null;
  }
}

interface Learning {
  teacher: FieldModel;
  student: TrainingState;
  source: BatchSource;
}

/** Every training step, with images before the first, now and then, and after the last; false where it ended early. */
async function learn(
  environment: StudyEnvironment,
  learning: Learning,
  request: DistillationChoices,
  tell: Tell,
): Promise<boolean> {
  const { method, teacherSteps, studentSteps, steps, guidance } = request;
  const { student } = learning;
  const total = steps * distillationMethods[method].stages(teacherSteps, studentSteps).length;
  const model = studentOf(environment, student);
  const redrawing = new Redrawing();
  let done = 0;
  const show = async (of: Drawer, step: number, drawsIn: number) => {
    const isStudent = of === 'student';
    const drawn = await drawImages(
      isStudent ? model : environment,
      drawsIn,
      isStudent ? 0 : guidance,
      request.seed,
    );
    return tell({ kind: 'images', of, step, done, total, ...drawn });
  };
  if (!(await show('teacher', 0, teacherSteps))) return false;

  let place: StudentPlace | undefined;
  let reached = { studentSteps: 0, step: 0 };
  let goesOn = true;
  for await (const { loss, studentSteps: learned, ...at } of stepsInTurn(environment, learning, request)) {
    redrawing.stepTaken();
    const problem = divergence(at.step, loss);
    if (problem !== null) throw new Error(problem);
    // Of these two the student has learned every step of its teacher's, to draw in fewer.
    place = { ...at, drawsIn: method === 'progressive' ? learned : studentSteps };
    reached = { studentSteps: learned, step: at.step };
    done++;
    goesOn = await tell({ kind: 'step', loss, done, total, ...place });
    if (goesOn && at.step === 1) goesOn = await show('teacherInFew', 0, place.drawsIn);
    if (goesOn && (at.step === 1 || redrawing.isDue || at.step === steps)) {
      redrawing.begin();
      goesOn = await show('student', at.step, place.drawsIn);
      redrawing.end();
    }
    if (!goesOn) break;
  }
  if (!place) return false;
  const { sawHeldOut } = environment;
  const data = { dataset: environment.dataset().id };
  const bytes = await environment.inTurn(() =>
    writeStudent(student, { settings: request, reached, sawHeldOut, data }),
  );
  await tell({ kind: 'student', bytes, done, total, ...place });
  return goesOn;
}

/** The steps of a distillation, each with its loss in a turn of its own. */
async function* stepsInTurn(
  { operations, inTurn }: StudyEnvironment,
  { teacher, student, source }: Learning,
  settings: DistillationSettings,
) {
  const steps = distill(teacher, student, operations, source, settings);
  try {
    for (;;) {
      const taken = await inTurn(async () => {
        const { value } = await steps.next();
        return value && { ...value, loss: await value.loss };
      });
      if (!taken) return;
      yield taken;
    }
  } finally {
    await steps.return();
  }
}
