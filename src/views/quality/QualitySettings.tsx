import { useModelConfig } from '../../panels/model/useModel';
import { QualityField } from './help';

/** How many samples are evaluated, how they are drawn, and whether repeatedly during training. */
export function QualitySettings() {
  const { nClasses } = useModelConfig();
  return (
    <div className="stack gap-3">
      <div className="fields">
        <QualityField of="count" />
        <QualityField of="sampler" />
        <QualityField of="steps" />
        <QualityField of="seed" />
        {nClasses > 0 && <QualityField of="guidance" />}
      </div>
      <div className="fields">
        <QualityField of="whileTraining" />
        <QualityField of="every" />
      </div>
    </div>
  );
}
