import { useMemo } from 'react';
import { alphaBarAt, createDiffusion } from '../../engine/diffusion/diffusion';
import { spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import { CodePanel } from '../../panels/code/CodePanel';
import { ddimSnippet } from '../../panels/code/samplerSnippets';
import { withValues } from '../../panels/code/snippetValues';
import { useModelConfig } from '../../panels/model/useModel';
import { useValues } from '../../panels/settings/useSettings';
import { stepsOf } from '../../settings/samplingSettings';
import { formatQuantity } from '../../ui/formatQuantity';
import { ComparisonPanel } from './ComparisonPanel';
import { ConvergencePanel } from './ConvergencePanel';
import { FrechetPanel } from './FrechetPanel';
import { SamplersHeadPanel } from './SamplersHeadPanel';
import { samplersGroup } from './settings';

/** Ways back from noise to images, compared: what they draw, and what they cost. */
export default function SamplersView() {
  return (
    <div className="stack">
      <SamplersHeadPanel />
      <ComparisonPanel />
      <ConvergencePanel />
      <FrechetPanel />
      <DdimCode />
    </div>
  );
}

/** With the values of the step in the middle of the way. */
function DdimCode() {
  const { a, b, clipX0 } = useValues(samplersGroup);
  const { schedule, nSteps } = useModelConfig();
  const side = b.sampler === 'ddim' && a.sampler !== 'ddim' ? b : a;
  const eta = side.sampler === 'ddim' ? side.eta : 0;
  const steps = side.sampler === 'ddim' ? stepsOf(side, { nSteps }) : Math.min(50, nSteps);
  const spacing = side.sampler === 'ddim' ? side.spacing : 'even';
  const known = useMemo(() => {
    const diffusion = createDiffusion(schedule, nSteps);
    const visited = spacedTimesteps(diffusion, steps, spacing);
    const middle = Math.floor((visited.length - 1) / 2);
    const [t, s] = [visited[middle] as number, visited[middle + 1] ?? -1];
    return {
      t: `t = ${t}, in the middle of ${visited.length} steps`,
      s: `s = ${s}, the step after t = ${t}`,
      now: `ᾱ_t = ${formatQuantity(alphaBarAt(diffusion, t))} at t = ${t}`,
      before: `ᾱ_s = ${formatQuantity(alphaBarAt(diffusion, s))} at s = ${s}`,
      eta: `η = ${eta}`,
    };
  }, [schedule, nSteps, steps, spacing, eta]);
  return <CodePanel snippets={[withValues(ddimSnippet({ eta, clipX0 }), known)]} />;
}
