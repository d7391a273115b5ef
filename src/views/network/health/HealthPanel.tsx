import { useMemo, useState } from 'react';
import { useValues } from '../../../panels/settings/useSettings';
import { TrainActions } from '../../../panels/training/TrainActions';
import { TrainProgress } from '../../../panels/training/TrainProgress';
import { useStore } from '../../../store/store';
import { Panel } from '../../../ui/controls/Panel';
import { Segmented } from '../../../ui/controls/Segmented';
import { NetworkField } from '../explanations';
import { networkGroup } from '../settings';
import { HealthLoss } from './HealthLoss';
import { HealthTable } from './HealthTable';
import { HeatStrip } from './HeatStrip';
import { type HealthQuantityId, healthLayers, healthQuantities } from './healthRows';
import './HealthPanel.css';

/** How every layer of the user's own model does while it trains. */
export function HealthPanel() {
  const { health: on } = useValues(networkGroup);
  return (
    <Panel
      id="health"
      title="Health while training"
      lead="The sizes of the weights and gradients of every layer over the training steps, with the loss below. Measuring takes at most 3 % of the training time."
    >
      <div className="stack">
        <NetworkField of="health" label="Measure health" />
        <TrainActions />
        <TrainProgress />
        <Measured on={on} />
      </div>
    </Panel>
  );
}

function Measured({ on }: { on: boolean }) {
  const [chosen, choose] = useState<HealthQuantityId>('ratio');
  const history = useStore((state) => state.training.health);
  const share = useStore((state) => state.training.healthShare);
  const config = useStore((state) => state.training.model?.config);
  const layers = useMemo(() => (config ? healthLayers(config) : []), [config]);
  const quantity = healthQuantities[chosen];
  if (history.length === 0) {
    return (
      <p className="empty">
        {on
          ? 'The health is shown from the next training step on.'
          : 'Switch on the measurement and train a model.'}
      </p>
    );
  }
  return (
    <div className="health stack gap-3" data-measured={history.length} data-step={history.at(-1)?.step}>
      <Segmented
        label="Quantity"
        value={chosen}
        options={(Object.keys(healthQuantities) as HealthQuantityId[]).map((value) => ({
          value,
          title: healthQuantities[value].title,
        }))}
        onChange={choose}
      />
      <HeatStrip history={history} layers={layers} quantity={quantity} />
      <HealthLoss history={history} />
      {share !== null && (
        <p className="note">
          Measuring took <b data-number="health-share">{(100 * share).toFixed(1)} %</b> of the training time.
        </p>
      )}
      <HealthTable history={history} layers={layers} />
    </div>
  );
}
