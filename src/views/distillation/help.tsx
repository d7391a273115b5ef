import type { ReactNode } from 'react';
import type { DistillationMethodId } from '../../engine/distillation/methods';
import { fieldsOf } from '../../panels/settings/fieldsOf';
import { distillationGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  method: (
    <>
      <p>
        <b>Progressive</b>: the student learns to do two steps of its teacher in one. Then it is the teacher
        of the next stage, which halves the steps again (Salimans and Ho 2022).
      </p>
      <p>
        <b>Consistency</b>: the student predicts the same image from every point of a path of its teacher
        (Song et al. 2023).
      </p>
      <p>
        <b>Reflow</b>: the teacher draws many images first. The student learns the straight line from each
        image to the noise that it came from (Liu et al. 2022).
      </p>
    </>
  ),
  teacherSteps: (
    <p>
      Steps in which the teacher draws, evenly spaced in the share of noise. More steps give better images to
      learn from. Progressive distillation needs the student’s steps times 2, 4, 8 …, and trains one stage for
      each halving.
    </p>
  ),
  studentSteps: <p>Steps in which the student draws in the end. Each step is one network evaluation.</p>,
  steps: (
    <p>Training steps of each stage. The learning rate falls to 0 in each. More give a better student.</p>
  ),
  batchSize: <p>Training images in each step. More make a step slower and its direction more certain.</p>,
  learningRate: (
    <p>
      How far Adam moves the weights in the first step of a stage. Too large a rate makes the loss jump up or
      diverge; too small a rate teaches little.
    </p>
  ),
  emaDecay: (
    <p>
      The student is the average of its weights over the last steps. A higher decay averages over more steps,
      and forgets the start of a stage later.
    </p>
  ),
  guidance: (
    <p>
      Guidance scale w of the teacher. Guidance asks the network twice in each step. The student learns the
      guided images, so it needs only one evaluation.
    </p>
  ),
  pairs: (
    <p>
      Images that the teacher draws before the student learns, with Heun’s method. More pairs take longer and
      repeat less often.
    </p>
  ),
  seed: (
    <p>
      Determines the batches and the noise. Teacher and student draw from the same noise of this seed. The
      same seed and settings give the same student.
    </p>
  ),
  samples: (
    <p>
      Samples behind each Fréchet distance, which is measured once the student has learned. The distance of
      few samples is larger, so compare only distances of the same number.
    </p>
  ),
};

export const DistillationField = fieldsOf(distillationGroup, help);

/** The same of the figures. */
export const explanations = {
  loss: (
    <p>
      Mean squared error of the student’s velocity on a batch. Each stage has another teacher, so the loss may
      jump from one stage to the next.
    </p>
  ),
  teacherInFew: (
    <p>
      What the teacher draws when it simply takes as few steps as the student. Its paths are curved, so long
      straight steps leave them.
    </p>
  ),
};

interface MethodEquation {
  tex: string;
  /** The equation in words, for screen readers. */
  words: string;
  note: ReactNode;
  source: { title: string; address: string };
}

/** What the student of each method minimises. */
export const equations: Record<DistillationMethodId, MethodEquation> = {
  progressive: {
    tex: String.raw`\Bigl\lVert u_\theta(x_s,s)-\tfrac12\bigl(u_\eta(x_s,s)+u_\eta(x_m,m)\bigr)\Bigr\rVert^2,\qquad m=\tfrac{s+r}2`,
    words:
      'The squared distance of the student’s velocity at s from the mean of its teacher’s velocities at s and at m, half way from s to r',
    note: (
      <>
        One step of the student from s to r ends where two steps of its teacher u<sub>η</sub> do. Each stage
        halves the number of steps.
      </>
    ),
    source: { title: 'Salimans and Ho 2022', address: 'https://arxiv.org/abs/2202.00512' },
  },
  consistency: {
    tex: String.raw`\bigl\lVert f_\theta(x_s,s)-f_{\theta^-}(x_r,r)\bigr\rVert^2,\qquad f_\theta(x_s,s)=x_s-s\,u_\theta(x_s,s)`,
    words:
      'The squared distance of the image that the student predicts at s from the image that its own average predicts at r, where f is x s minus s times the velocity',
    note: (
      <>
        x<sub>r</sub> is one step of the teacher from x<sub>s</sub>. The student f<sub>θ</sub> predicts the
        same image at both, and so all along the path; θ<sup>−</sup> are its averaged weights.
      </>
    ),
    source: { title: 'Song et al. 2023', address: 'https://arxiv.org/abs/2303.01469' },
  },
  reflow: {
    tex: String.raw`\bigl\lVert u_\theta(x_s,s)-(\epsilon-x_0)\bigr\rVert^2,\qquad x_s=(1-s)\,x_0+s\,\epsilon`,
    words:
      'The squared distance of the student’s velocity at x s from epsilon minus x zero, where x s is on the straight line between them',
    note: (
      <>
        x<sub>0</sub> is the image that the teacher draws from the noise ε. The lines between such pairs
        hardly cross, so the paths of the student are nearly straight.
      </>
    ),
    source: { title: 'Liu et al. 2022', address: 'https://arxiv.org/abs/2209.03003' },
  },
  direct: {
    tex: String.raw`\bigl\lVert u_\theta(\epsilon,1)-(\epsilon-x_0)\bigr\rVert^2`,
    words: 'The squared distance of the student’s velocity at the noise epsilon from epsilon minus x zero',
    note: (
      <>
        x<sub>0</sub> is the image that the teacher draws from the noise ε. The student learns this one step
        and nothing else; it needs many pairs.
      </>
    ),
    source: { title: 'Luhman and Luhman 2021', address: 'https://arxiv.org/abs/2101.02388' },
  },
};
