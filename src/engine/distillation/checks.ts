import { type DistillationSettings, MOST_TEACHER_STEPS } from './methods';

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
