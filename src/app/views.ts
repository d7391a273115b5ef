import type { ComponentType } from 'react';
import { lazyPart } from '../ui/lazyPart';
import { PlaygroundView } from '../views/playground/PlaygroundView';

/** Views that answer one kind of question; the playground belongs to none. */
export const viewGroups = { understand: 'Understand', measure: 'Measure', use: 'Use' } as const;

export interface View {
  title: string;
  /** The group that it is listed in. */
  group?: keyof typeof viewGroups;
  /** One line on what it is for. */
  description: string;
  Content: ComponentType;
}

/**
 * The pages of the playground by the name in the address, in the order of the navigation. Visitors arrive at the first; the
 * others load when opened.
 */
export const views = {
  playground: {
    title: 'Playground',
    description: 'Data, forward process, training and sampling on one page',
    Content: PlaygroundView,
  },
  experiments: {
    title: 'Experiments',
    description: 'Questions to answer with the page, each with its settings',
    Content: lazyPart(() => import('../views/experiments/ExperimentsView')),
  },
  forward: {
    title: 'Forward process',
    group: 'understand',
    description: 'Noise step by step or in one jump; schedules compared, and drawn by hand',
    Content: lazyPart(() => import('../views/forward/ForwardView')),
  },
  reverse: {
    title: 'Reverse step',
    group: 'understand',
    description: 'One step of the reverse process with every quantity in it, as images and as numbers',
    Content: lazyPart(() => import('../views/reverse/ReverseView')),
  },
  classes: {
    title: 'Guidance',
    group: 'understand',
    description: 'Images of a class, by guidance scale',
    Content: lazyPart(() => import('../views/classes/ClassesView')),
  },
  network: {
    title: 'Network',
    group: 'understand',
    description:
      'Inside the U-Net: its feature maps, its attention, and what happens when a part is switched off',
    Content: lazyPart(() => import('../views/network/NetworkView')),
  },
  points: {
    title: 'Two dimensions',
    group: 'understand',
    description: 'A small network learns points in the plane, with its field beside the exact one',
    Content: lazyPart(() => import('../views/points/PointsView')),
  },
  bound: {
    title: 'Bound',
    group: 'measure',
    description: 'The variational bound of a model term by term, and what the simple loss leaves out of it',
    Content: lazyPart(() => import('../views/bound/BoundView')),
  },
  samplers: {
    title: 'Samplers',
    group: 'measure',
    description: 'Two samplers from the same noise, side by side, and how fast each converges',
    Content: lazyPart(() => import('../views/samplers/SamplersView')),
  },
  quality: {
    title: 'Quality',
    group: 'measure',
    description: 'How good, how varied and how new the samples of a model are',
    Content: lazyPart(() => import('../views/quality/QualityView')),
  },
  runs: {
    title: 'Runs',
    group: 'measure',
    description: 'Every training run kept: compare them, and train again with other settings',
    Content: lazyPart(() => import('../views/runs/RunsView')),
  },
  edit: {
    title: 'Edit',
    group: 'use',
    description: 'Interpolation between images, image to image, and inpainting',
    Content: lazyPart(() => import('../views/edit/EditView')),
  },
  distillation: {
    title: 'Few steps',
    group: 'use',
    description: 'A student learns to draw in a few steps what its teacher draws in many',
    Content: lazyPart(() => import('../views/distillation/DistillationView')),
  },
  models: {
    title: 'Models',
    group: 'use',
    description: 'Checkpoints in this browser, and models as files: export, open, resume',
    Content: lazyPart(() => import('../views/models/ModelsView')),
  },
} satisfies Record<string, View>;

export type ViewId = keyof typeof views;

/** The views of a group, or those of none. */
export function viewsOf(group?: keyof typeof viewGroups): [ViewId, View][] {
  return (Object.entries(views) as [ViewId, View][]).filter(([, view]) => view.group === group);
}
