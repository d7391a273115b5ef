import { type ComponentProps, useMemo } from 'react';
import { createDiffusion } from '../../../engine/diffusion/diffusion';
import { reverseDistribution, reverseMean, reverseNumbers } from '../../../panels/sampling/reverseEquation';
import { reverseTerms, type ShownTerms } from '../../../panels/sampling/reverseTerms';
import type { ImageBytes } from '../../../store/recording';
import { useStore } from '../../../store/store';
import { ImageTerm } from '../../../ui/canvasGrid/ImageTerm';
import { Equation } from '../../../ui/controls/Equation';
import { useCalm } from '../../../ui/useCalm';
import { imageOf } from './imageOf';
import { ReverseTable } from './ReverseTable';
import { type ShownStep, useShownStep } from './useShownStep';
import './ImageDetail.css';

/**
 * The chosen image large, and the one step that led to what is shown: its images, its equation, its numbers. All follow a run
 * together, so that none is a step behind another; nobody reads sixty equations a second, and typesetting them takes time.
 */
export function ImageDetail() {
  const shown = useCalm(useShownStep(), 125);
  return shown && <Detail shown={shown} />;
}

function Detail({ shown }: { shown: ShownStep }) {
  const { recording, step, frame } = shown;
  const { model, settings, total } = recording;
  const chosen = useStore((state) => state.sampling.image);
  const diffusion = useMemo(
    () => createDiffusion(model.schedule, model.nSteps),
    [model.schedule, model.nSteps],
  );
  // At the noise itself no step was taken yet: the numbers are those of the step to come.
  const index = Math.max(1, step.index);
  const terms = useMemo(() => reverseTerms(diffusion, settings, index), [diffusion, settings, index]);
  const before = recording.steps[frame - 1];
  const xt = step.index === 0 ? step.x : before?.index === step.index - 1 ? before.x : null;
  const taken = step.index > 0;
  const everyStep = total === model.nSteps;
  const image = (batch: ImageBytes | null) => batch && imageOf(batch, chosen, model);
  const common = { size: model.imageSize, channels: model.imageChannels };
  return (
    <section className="image-detail" aria-label={`Image ${chosen + 1} in one step`}>
      <h3 className="image-detail__title">
        {taken ? `Step ${step.index.toLocaleString('en')}` : 'The first step'} in full, image {chosen + 1}
      </h3>
      <div className="stack gap-3">
        <div className="image-detail__images">
          <Term {...common} symbol={`x_{${terms.t}}`} caption="before" image={image(xt)} missing="not kept" />
          <Term
            {...common}
            symbol="ε_θ"
            kind="noise"
            caption="predicted noise"
            image={image(step.eps)}
            missing="comes next"
          />
          <Term
            {...common}
            symbol="x̂_0"
            kind="signal"
            caption="predicted image"
            image={image(step.x0)}
            missing="comes next"
          />
          <Term
            {...common}
            symbol={`x_{${terms.s}}`}
            caption={terms.s === 0 ? 'finished' : 'after'}
            image={taken ? image(step.x) : null}
            missing="comes next"
          />
        </div>
        <Equations terms={terms} everyStep={everyStep} />
      </div>
      <ReverseTable terms={terms} everyStep={everyStep} />
    </section>
  );
}

interface TermProps extends Omit<ComponentProps<typeof ImageTerm>, 'label'> {
  /** Says why there is no image. */
  missing: string;
}

function Term({ caption, missing, ...term }: TermProps) {
  const label = term.image ? caption : `${caption}: ${missing}`;
  return <ImageTerm {...term} label={label} caption={term.image ? caption : missing} />;
}

function Equations({ terms, everyStep }: { terms: ShownTerms; everyStep: boolean }) {
  const noisy = terms.sigma !== 0;
  const distribution = useMemo(() => reverseDistribution(noisy, everyStep), [noisy, everyStep]);
  const mean = reverseMean(terms, everyStep);
  const numbers = useMemo(() => reverseNumbers(terms), [terms]);
  return (
    <div>
      <div className="equations">
        <Equation {...distribution} />
        <Equation {...mean} />
      </div>
      <Equation {...numbers} />
    </div>
  );
}
