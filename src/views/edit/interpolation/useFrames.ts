import { isSameShape, shapeOfData } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { type InterpolationState, useInterpolation } from './state';

/** The interpolation's frames, where they are images like those of the data set on the page. */
export function useFrames(): InterpolationState['frames'] {
  const { frames, shape } = useInterpolation();
  const data = useStore((state) => state.dataset.data);
  return isSameShape(shape, shapeOfData(data)) ? frames : none;
}

const none: InterpolationState['frames'] = [];
