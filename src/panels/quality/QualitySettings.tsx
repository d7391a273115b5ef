import { largestGuidance } from '../../engine/diffusion/guidance';
import { type SamplerId, samplerOf } from '../../engine/diffusion/samplers/samplers';
import { counts } from '../../engine/quality/definitions';
import { mostSamplesOf } from '../../store/qualitySlice';
import { useStore } from '../../store/store';
import { NumberField } from '../../ui/controls/NumberField';
import { SelectField } from '../../ui/controls/SelectField';
import { SwitchField } from '../../ui/controls/SwitchField';
import { useModelConfig } from '../model/useModel';
import { samplerOptions } from '../sample/samplerOptions';

/** What a sampler is made for. */
function stepsOf(sampler: SamplerId, nSteps: number): number {
  const { steps } = samplerOf(sampler).usual;
  return steps === 'all' ? nSteps : steps;
}

/** How many samples are judged, how they are drawn, and whether again and again while the model trains. */
export function QualitySettings() {
  const { count, sampler, steps, seed, guidance, whileTraining, every } = useStore(
    (state) => state.quality.settings,
  );
  const most = useStore(mostSamplesOf);
  const { nSteps, nClasses } = useModelConfig();
  const { setQuality } = useStore.getState();
  return (
    <div className="quality__settings">
      <div className="quality__fields">
        <NumberField
          label="Samples"
          symbol="N"
          explanation={
            <>
              <p>
                How many pictures are drawn and judged. The measures of few pictures are rough, and the
                Fréchet distance of few is too large: compare only values of the same N.
              </p>
              <p>At most as many as there are held-out pictures, of which as many set the floor.</p>
            </>
          }
          value={Math.min(count, most)}
          onCommit={(count) => setQuality({ count })}
          min={counts.least}
          max={most}
          step={8}
          integer
        />
        <SelectField
          label="Sampler"
          explanation={<p>How the samples are drawn; a better way back gives better pictures.</p>}
          value={sampler}
          options={samplerOptions}
          onChange={(sampler) => setQuality({ sampler, steps: stepsOf(sampler, nSteps) })}
        />
        <NumberField
          label="Steps"
          explanation={<p>How many of the T steps each sample takes: more are slower and often better.</p>}
          value={Math.min(steps, nSteps)}
          onCommit={(steps) => setQuality({ steps })}
          min={1}
          max={nSteps}
          step={5}
          integer
        />
        <NumberField
          label="Seed"
          explanation={<p>Decides the noise that the samples are made of.</p>}
          value={seed}
          onCommit={(seed) => setQuality({ seed })}
          min={0}
          max={2 ** 32 - 1}
          integer
        />
        {nClasses > 0 && (
          <NumberField
            label="Guidance"
            symbol="w"
            explanation={
              <>
                <p>
                  The model is told a class for each sample, as often as the data set has it. w strengthens
                  that; 0 is the model itself.
                </p>
                <p>Guidance buys precision with recall: see it here.</p>
              </>
            }
            value={guidance}
            onCommit={(guidance) => setQuality({ guidance })}
            min={0}
            max={largestGuidance}
            step={0.5}
          />
        )}
      </div>
      <div className="quality__automatic">
        <SwitchField
          label="Again and again while it trains"
          explanation={
            <p>
              Judges your model every so many steps, within sampling’s share of the time, and draws the
              measures over the training.
            </p>
          }
          checked={whileTraining}
          onChange={(whileTraining) => setQuality({ whileTraining })}
        />
        {whileTraining && (
          <NumberField
            label="Every … steps"
            explanation={<p>Training steps from one judgement to the next, at least.</p>}
            value={every}
            onCommit={(every) => setQuality({ every })}
            min={10}
            max={100_000}
            step={100}
            integer
          />
        )}
      </div>
    </div>
  );
}
