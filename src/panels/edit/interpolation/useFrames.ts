import { isSameShape, shapeOfData } from '../../../store/editing';
import type { InterpolationState } from '../../../store/interpolationSlice';
import { useStore } from '../../../store/store';

/** The interpolation's frames, where they are pictures like those of the data set on the page. */
export function useFrames(): InterpolationState['frames'] {
  return useStore(({ interpolation: { frames, shape }, dataset: { data } }) =>
    isSameShape(shape, shapeOfData(data)) ? frames : none,
  );
}

const none: InterpolationState['frames'] = [];
