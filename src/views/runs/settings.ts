import { settingGroup } from '../../settings/group';
import { choice, toggle, whole } from '../../settings/kinds';

export interface RunsSettings {
  axis: 'steps' | 'images' | 'time';
  curves: 'smoothed' | 'raw' | 'both';
  /** Steps that a smoothed loss is about the mean of. */
  smoothing: number;
  logarithmic: boolean;
}

/** How runs are compared. */
export const runsGroup = settingGroup<RunsSettings>(
  { id: 'runs', view: 'runs', linked: false },
  {
    axis: choice({
      label: 'Horizontal axis',
      choices: {
        steps: { title: 'Steps' },
        images: { title: 'Images seen' },
        time: { title: 'Time' },
      },
      default: 'steps',
      linkBase: 'steps',
    }),
    curves: choice({
      label: 'Training loss',
      choices: { smoothed: { title: 'Smoothed' }, raw: { title: 'Raw' }, both: { title: 'Both' } },
      default: 'smoothed',
      linkBase: 'smoothed',
    }),
    smoothing: whole({
      label: 'Smoothing',
      default: 50,
      linkBase: 50,
      min: 1,
      max: 1000,
      step: 10,
      shown: ({ curves }: RunsSettings) => curves !== 'raw',
    }),
    logarithmic: toggle({ label: 'Logarithmic loss', default: true, linkBase: true }),
  },
);
