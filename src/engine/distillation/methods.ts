export interface DistillationMethod {
  title: string;
  description: string;
  /** Steps of the student in each stage, from a teacher of so many steps down to the wanted ones. */
  stages(teacherSteps: number, studentSteps: number): number[];
}

/** All methods by id. */
export const distillationMethods = {
  progressive: {
    title: 'Progressive',
    description:
      'The student learns to do two steps of its teacher in one, in several stages (Salimans and Ho 2022).',
    stages(teacherSteps, studentSteps) {
      const stages: number[] = [];
      for (let steps = teacherSteps / 2; steps >= studentSteps; steps /= 2) stages.push(steps);
      return stages;
    },
  },
  consistency: {
    title: 'Consistency',
    description: 'The student predicts the same image all along a path of its teacher (Song et al. 2023).',
    stages: (teacherSteps) => [teacherSteps],
  },
  reflow: {
    title: 'Reflow',
    description:
      'A new flow learns the straight lines between noise and the images of its teacher (Liu et al. 2022).',
    stages: (teacherSteps) => [teacherSteps],
  },
} satisfies Record<string, DistillationMethod>;

export type DistillationMethodId = keyof typeof distillationMethods;

export interface DistillationSettings {
  method: DistillationMethodId;
  /** Steps of the teacher, and of the student in the end; powers of 2 apart where the method is progressive. */
  teacherSteps: number;
  studentSteps: number;
  /** Training steps of each stage; the learning rate falls to 0 in each. */
  steps: number;
  batchSize: number;
  learningRate: number;
  emaDecay: number;
  /** w of classifier-free guidance, which the student learns along with the rest. */
  guidance: number;
}

/** The most steps that a teacher may take. */
export const MOST_TEACHER_STEPS = 1024;

/** A setting that does not fit the others, with a message for the user. */
export class DistillationError extends Error {
  override name = 'DistillationError';

  constructor(
    readonly field: 'teacherSteps' | 'studentSteps' | 'steps',
    message: string,
  ) {
    super(message);
  }
}

/** Throws a DistillationError that names the limit; no model takes more steps than its `nSteps`. */
export function checkDistillation(
  { method, teacherSteps, studentSteps, steps }: DistillationSettings,
  nSteps = MOST_TEACHER_STEPS,
): void {
  const whole = (field: DistillationError['field'], what: string, value: number, most: number) => {
    if (Number.isInteger(value) && value >= 1 && value <= most) return;
    const limit = most.toLocaleString('en');
    throw new DistillationError(field, `${what} must be a whole number from 1 to ${limit}, not ${value}.`);
  };
  whole('teacherSteps', "The teacher's steps", teacherSteps, Math.min(nSteps, MOST_TEACHER_STEPS));
  whole('studentSteps', "The student's steps", studentSteps, teacherSteps);
  whole('steps', 'The training steps of a stage', steps, 1e9);
  const halvings = Math.log2(teacherSteps / studentSteps);
  if (method === 'progressive' && (!Number.isInteger(halvings) || halvings < 1)) {
    throw new DistillationError(
      'teacherSteps',
      `Progressive distillation halves the steps: the teacher's must be ${studentSteps} times 2, 4, 8 …, not ${teacherSteps}.`,
    );
  }
}

/** What is wrong with a loss, for the user; null where it is a finite number. */
export function divergence(step: number, loss: number): string | null {
  if (Number.isFinite(loss)) return null;
  return `The loss of step ${step} is ${loss}: distillation has diverged. Choose a lower learning rate.`;
}
