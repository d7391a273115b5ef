import { useMemo, useState } from 'react';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Panel } from '../../../ui/controls/Panel';
import { SliderField } from '../../../ui/controls/SliderField';
import { explanations } from '../help';
import { imagesOf, type KeptSample, sampleAt } from '../record/keptSamples';
import type { Run } from '../record/run';
import { useCompared } from '../useRuns';

/** Samples of all compared runs at one step of their training. */
export function SamplesPanel() {
  const runs = useCompared();
  const shown = runs.filter(({ body }) => body.samples.length > 0);
  return (
    <Panel
      id="run-samples"
      title="Samples during training"
      lead="Samples of each run from the same noise, at the same step of its training."
    >
      {shown.length === 0 ? (
        <p className="empty">A run keeps the samples that are drawn while it trains. None are kept yet.</p>
      ) : (
        <Scrubbed runs={shown} />
      )}
    </Panel>
  );
}

function Scrubbed({ runs }: { runs: readonly Run[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const steps = useMemo(
    () =>
      [...new Set(runs.flatMap(({ body }) => body.samples.map(({ step }) => step)))].sort((a, b) => a - b),
    [runs],
  );
  // Runs that grow are followed until a step is chosen.
  const place =
    chosen === null
      ? steps.length - 1
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= chosen),
        );
  const step = steps[place] ?? 0;
  return (
    <div className="stack">
      <SliderField
        label="Training step"
        explanation={explanations.sample}
        value={place}
        min={0}
        max={Math.max(1, steps.length - 1)}
        onChange={(next) => setChosen(next >= steps.length - 1 ? null : (steps[next] ?? null))}
        format={() => step.toLocaleString('en')}
      />
      <div className="runs__samples">
        {runs.map(({ facts, body }) => (
          <Samples key={facts.id} name={facts.name} sample={sampleAt(body.samples, step) as KeptSample} />
        ))}
      </div>
    </div>
  );
}

function Samples({ name, sample }: { name: string; sample: KeptSample }) {
  const images = useMemo(() => imagesOf(sample), [sample]);
  return (
    <figure className="stack gap-1" data-step={sample.step}>
      <figcaption className="note">
        <b className="runs__name">{name}</b>, step {sample.step.toLocaleString('en')}
      </figcaption>
      <ImageGrid {...images} columns={4} label={`Samples of ${name} after ${sample.step} steps`} />
    </figure>
  );
}
