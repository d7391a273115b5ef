import { type ComponentProps, useMemo } from 'react';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import type { PictureBytes } from '../../store/recording';
import { useStore } from '../../store/store';
import { PictureTerm } from '../../ui/canvasGrid/PictureTerm';
import { Equation } from '../../ui/controls/Equation';
import { pictureOf } from './pictureOf';
import { ReverseTable } from './ReverseTable';
import { reverseDistribution, reverseMean, reverseNumbers } from './reverseEquation';
import { reverseTerms } from './reverseTerms';
import { useCalm } from './useCalm';
import { type ShownStep, useShownStep } from './useShownStep';
import './PictureDetail.css';

/** The chosen picture large, and the one step that led to what is shown: its pictures, its equation, its numbers. */
export function PictureDetail() {
  const shown = useShownStep();
  return shown && <Detail shown={shown} />;
}

function Detail({ shown }: { shown: ShownStep }) {
  const { recording, step, frame } = shown;
  const { model, settings, total } = recording;
  const chosen = useStore((state) => state.sampling.picture);
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
  const picture = (batch: PictureBytes | null) => batch && pictureOf(batch, chosen, model);
  const common = { size: model.imageSize, channels: model.imageChannels };
  return (
    <section className="picture-detail" aria-label={`Picture ${chosen + 1} in one step`}>
      <h3 className="picture-detail__title">
        {taken ? `Step ${step.index.toLocaleString('en')}` : 'The first step'} in full, picture {chosen + 1}
      </h3>
      <div className="picture-detail__what">
        <div className="picture-detail__pictures">
          <Term
            {...common}
            symbol={<>x{<sub>{terms.t}</sub>}</>}
            caption="before"
            picture={picture(xt)}
            missing="not kept"
          />
          <Term
            {...common}
            symbol={<>ε{<sub>θ</sub>}</>}
            kind="noise"
            caption="predicted noise"
            picture={picture(step.eps)}
            missing="comes next"
          />
          <Term
            {...common}
            symbol={<>x̂{<sub>0</sub>}</>}
            kind="signal"
            caption="predicted picture"
            picture={picture(step.x0)}
            missing="comes next"
          />
          <Term
            {...common}
            symbol={<>x{<sub>{terms.s}</sub>}</>}
            caption={terms.s === 0 ? 'finished' : 'after'}
            picture={taken ? picture(step.x) : null}
            missing="comes next"
          />
        </div>
        <Equations terms={terms} everyStep={everyStep} />
      </div>
      <ReverseTable terms={terms} everyStep={everyStep} />
    </section>
  );
}

interface TermProps extends Omit<ComponentProps<typeof PictureTerm>, 'label'> {
  /** Says why there is no picture. */
  missing: string;
}

function Term({ caption, missing, ...term }: TermProps) {
  const label = term.picture ? caption : `${caption}: ${missing}`;
  return <PictureTerm {...term} label={label} caption={term.picture ? caption : missing} />;
}

function Equations({ terms, everyStep }: { terms: ReturnType<typeof reverseTerms>; everyStep: boolean }) {
  const { form } = terms.mean;
  const noisy = terms.sigma > 0;
  const distribution = useMemo(() => reverseDistribution(noisy, everyStep), [noisy, everyStep]);
  const mean = useMemo(() => reverseMean(form, everyStep), [form, everyStep]);
  // Nobody reads sixty equations a second, and typesetting them would hold up the pictures.
  const numbers = useCalm(terms, 125);
  const { tex, label } = useMemo(() => reverseNumbers(numbers), [numbers]);
  return (
    <div>
      <div className="picture-detail__symbols">
        <Equation {...distribution} />
        <Equation {...mean} />
      </div>
      <Equation tex={tex} label={label} />
    </div>
  );
}
