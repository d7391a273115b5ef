import { SamplingShare } from '../../../panels/model/SamplingShare';
import { Fold } from '../../../panels/settings/Fold';
import { useStore } from '../../../store/store';
import { RunField } from './RunField';

/** The samples beside the loss while a model trains. */
export function PreviewSettings() {
  const { count, samplerSteps } = useStore((state) => state.values.settings.training.preview);
  const share = useStore((state) => state.values.shown.samplingShare);
  return (
    <Fold
      id="preview"
      title="Samples during training"
      summary={`${count} images · ${samplerSteps} steps · ${Math.round(100 * share)} % of the time`}
    >
      <div className="fields">
        <RunField of="training.preview.count" />
        <RunField of="training.preview.samplerSteps" />
        <RunField of="training.preview.seed" />
        <SamplingShare />
      </div>
    </Fold>
  );
}
