import { Obstacle } from '../../ui/controls/Problem';
import { DatasetChoice } from '../data/DatasetChoice';
import { ModelOriginChoice } from './ModelOriginChoice';
import { SharedEngineNote } from './SharedEngineNote';

interface DataAndModelProps {
  /** Whether the view's runs share the engine with the training. */
  shares?: boolean;
  /** Why the view can do nothing now. */
  obstacle: string | null | false;
}

/** The choice of the data set, and of whose model of it a view asks. */
export function DataAndModel({ shares = false, obstacle }: DataAndModelProps) {
  return (
    <div className="columns">
      <DatasetChoice />
      <div className="stack gap-3">
        <ModelOriginChoice />
        {shares && <SharedEngineNote />}
        <Obstacle>{obstacle}</Obstacle>
      </div>
    </div>
  );
}
