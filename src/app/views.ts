import type { ComponentType } from 'react';
import { lazyPart } from '../ui/lazyPart';
import { PlaygroundView } from './views/PlaygroundView';

export interface View {
  title: string;
  /** One line on what it is for. */
  description: string;
  Content: ComponentType;
}

/**
 * The pages of the playground by the name in the address; the first is where visitors arrive, the others load when opened,
 * in the order in which one would read them.
 */
export const views = {
  playground: {
    title: 'Playground',
    description: 'Data, forward process, training and sampling on one page',
    Content: PlaygroundView,
  },
  forward: {
    title: 'Forward',
    description: 'Step by step or in one jump; schedules compared, and drawn by hand',
    Content: lazyPart(() => import('./views/ForwardView')),
  },
  reverse: {
    title: 'Reverse step',
    description: 'One step of the reverse process with every quantity in it, as pictures and as numbers',
    Content: lazyPart(() => import('./views/ReverseView')),
  },
  bound: {
    title: 'Bound',
    description: 'The variational bound of a model term by term, and what the simple loss leaves out of it',
    Content: lazyPart(() => import('./views/BoundView')),
  },
  samplers: {
    title: 'Samplers',
    description: 'Two samplers from the same noise, side by side, and how fast each comes to the picture',
    Content: lazyPart(() => import('./views/SamplersView')),
  },
  quality: {
    title: 'Quality',
    description: 'How good, how varied and how new the samples of a model are',
    Content: lazyPart(() => import('./views/QualityView')),
  },
  classes: {
    title: 'Classes',
    description: 'Pictures of a class that is asked for, by the strength of guidance',
    Content: lazyPart(() => import('./views/ClassesView')),
  },
  edit: {
    title: 'Edit',
    description: 'Pictures between two pictures, over a drawing, and in the holes of a picture',
    Content: lazyPart(() => import('./views/EditView')),
  },
  points: {
    title: 'Two dimensions',
    description: 'A small network learns points in the plane, its whole field beside the exact one',
    Content: lazyPart(() => import('./views/PointsView')),
  },
  models: {
    title: 'Models',
    description: 'Checkpoints in this browser, and models as files: export, open, go on',
    Content: lazyPart(() => import('./views/ModelsView')),
  },
} satisfies Record<string, View>;

export type ViewId = keyof typeof views;
