import type { ObjectiveId } from '../../engine/diffusion/objectives/objectives';
import { CodePanel } from '../../panels/code/CodePanel';
import { lossSnippet } from '../../panels/code/snippets';
import { withValues } from '../../panels/code/snippetValues';
import { useModelConfig } from '../../panels/model/useModel';
import { useStore } from '../../store/store';
import { formatQuantity } from '../../ui/formatQuantity';
import { BoundPanel } from './BoundPanel';
import { LiveLossPanel } from './LiveLossPanel';
import { TermsPanel } from './TermsPanel';
import { WeightPanel } from './WeightPanel';

/** The variational bound, term by term, and what training makes of it. */
export default function BoundView() {
  return (
    <div className="stack">
      <BoundPanel />
      <div className="panels">
        <TermsPanel />
        <WeightPanel />
      </div>
      <LiveLossPanel />
      <LossCode />
    </div>
  );
}

function LossCode() {
  const { objective, nSteps } = useModelConfig();
  const loss = useStore(({ training }) => (training.step > 0 ? training.losses.recentMean(100) : Number.NaN));
  const known: Record<string, string> = { T: `T = ${nSteps.toLocaleString('en')} steps` };
  if (Number.isFinite(loss))
    known.training_loss = `${formatQuantity(loss)} is the mean of the last 100 steps of your model`;
  return <CodePanel snippets={[withValues(lossSnippet(objective as ObjectiveId), known)]} />;
}
