export interface DistillationMethod {
  title: string;
  /** Whether it learns from pairs, images of the teacher with the noise that each came from, and not from the data. */
  fromPairs: boolean;
  /** Steps of the student in each stage, from a teacher of so many steps down to the wanted ones. */
  stages(teacherSteps: number, studentSteps: number): number[];
}

/** All methods by id. */
export const distillationMethods = {
  /** The student learns to do two steps of its teacher in one, in several stages (Salimans and Ho 2022). */
  progressive: {
    title: 'Progressive',
    fromPairs: false,
    stages(teacherSteps, studentSteps) {
      const stages: number[] = [];
      for (let steps = teacherSteps / 2; steps >= studentSteps; steps /= 2) stages.push(steps);
      return stages;
    },
  },
  /** The student predicts the same image all along a path of its teacher (Song et al. 2023). */
  consistency: {
    title: 'Consistency',
    fromPairs: false,
    stages: (teacherSteps) => [teacherSteps],
  },
  /** A new flow learns the straight lines between noise and the images of its teacher (Liu et al. 2022). */
  reflow: {
    title: 'Reflow',
    fromPairs: true,
    stages: (teacherSteps) => [teacherSteps],
  },
  /** The student goes from noise to the image of its teacher in one step (Luhman and Luhman 2021). */
  direct: {
    title: 'Direct',
    fromPairs: true,
    stages: () => [1],
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
