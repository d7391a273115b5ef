import type { Place } from './place';

/**
 * Every key of the page by the place where it works. Handlers ask `actionOf` what a key does, and the help shows the table: what is not
 * here does nothing, and what is here is told. Those of the controls of a library are marked.
 */
export const shortcuts = {
  page: {
    title: 'Everywhere',
    note: 'Not while you type, nor in a dialog.',
    keys: {
      undo: { title: 'Undo the last change of a setting', strokes: ['Mod+Z'] },
      redo: { title: 'Redo', strokes: ['Mod+Shift+Z', 'Ctrl+Y'] },
      training: { title: 'Start or pause training', strokes: ['P'] },
      timeBack: { title: 't one step less', strokes: [','] },
      timeOn: { title: 't one step more', strokes: ['.'] },
      viewBefore: { title: 'Previous view', strokes: ['B'] },
      viewAfter: { title: 'Next view', strokes: ['N'] },
      theme: { title: 'Light or dark', strokes: ['D'] },
      share: { title: 'Share', strokes: ['S'] },
      present: { title: 'Presenter mode', strokes: ['F'] },
      help: { title: 'This help', strokes: ['?'] },
    },
  },
  timeline: {
    title: 'Sliders: t, the steps of a run, λ',
    native: true,
    keys: {
      less: { title: 'One step back', strokes: ['ArrowLeft', 'ArrowDown'] },
      more: { title: 'One step on', strokes: ['ArrowRight', 'ArrowUp'] },
      muchLess: { title: 'Ten back', strokes: ['PageDown', 'Shift+ArrowLeft'] },
      muchMore: { title: 'Ten on', strokes: ['PageUp', 'Shift+ArrowRight'] },
      first: { title: 'To the start', strokes: ['Home'] },
      last: { title: 'To the end', strokes: ['End'] },
    },
  },
  filmStrip: {
    title: 'Film strips',
    keys: {
      before: { title: 'Previous image', strokes: ['ArrowLeft'] },
      after: { title: 'Next image', strokes: ['ArrowRight'] },
    },
  },
  imageGrid: {
    title: 'Grids of images',
    keys: {
      left: { title: 'One to the left', strokes: ['ArrowLeft'] },
      right: { title: 'One to the right', strokes: ['ArrowRight'] },
      up: { title: 'One up', strokes: ['ArrowUp'] },
      down: { title: 'One down', strokes: ['ArrowDown'] },
      first: { title: 'The first', strokes: ['Home'] },
      last: { title: 'The last', strokes: ['End'] },
      choose: { title: 'Choose it', strokes: ['Enter', 'Space'] },
    },
  },
  numberField: {
    title: 'Fields of numbers',
    keys: {
      more: { title: 'One step more', strokes: ['ArrowUp'] },
      less: { title: 'One step less', strokes: ['ArrowDown'] },
      muchMore: { title: 'Ten more', strokes: ['PageUp', 'Shift+ArrowUp'] },
      muchLess: { title: 'Ten less', strokes: ['PageDown', 'Shift+ArrowDown'] },
      take: { title: 'Take what is typed', strokes: ['Enter'] },
      leave: { title: 'Leave the number as it was', strokes: ['Escape'] },
    },
  },
  pixelPainter: {
    title: 'Drawings: own data, edit, holes',
    keys: {
      left: { title: 'Brush to the left', strokes: ['ArrowLeft'] },
      right: { title: 'Brush to the right', strokes: ['ArrowRight'] },
      up: { title: 'Brush up', strokes: ['ArrowUp'] },
      down: { title: 'Brush down', strokes: ['ArrowDown'] },
      paintLeft: { title: 'Paint to the left', strokes: ['Shift+ArrowLeft'] },
      paintRight: { title: 'Paint to the right', strokes: ['Shift+ArrowRight'] },
      paintUp: { title: 'Paint upwards', strokes: ['Shift+ArrowUp'] },
      paintDown: { title: 'Paint downwards', strokes: ['Shift+ArrowDown'] },
      paint: { title: 'Paint here', strokes: ['Space', 'Enter'] },
      undo: { title: 'Take back a stroke', strokes: ['Mod+Z'] },
      redo: { title: 'Bring it back', strokes: ['Mod+Shift+Z', 'Mod+Y'] },
    },
  },
  curveEditor: {
    title: 'Points of the drawn schedule',
    keys: {
      up: { title: 'A hundredth up', strokes: ['ArrowUp', 'ArrowRight'] },
      down: { title: 'A hundredth down', strokes: ['ArrowDown', 'ArrowLeft'] },
      farUp: { title: 'A tenth up', strokes: ['PageUp'] },
      farDown: { title: 'A tenth down', strokes: ['PageDown'] },
      lowest: { title: 'As low as it goes', strokes: ['Home'] },
      highest: { title: 'As high as it goes', strokes: ['End'] },
    },
  },
  pixelImage: {
    title: 'Pixels: reverse step, network',
    keys: {
      left: { title: 'Pixel to the left', strokes: ['ArrowLeft'] },
      right: { title: 'Pixel to the right', strokes: ['ArrowRight'] },
      up: { title: 'Pixel above', strokes: ['ArrowUp'] },
      down: { title: 'Pixel below', strokes: ['ArrowDown'] },
    },
  },
  networkDrawing: {
    title: 'Blocks of the network',
    keys: {
      before: { title: 'Block before', strokes: ['ArrowLeft', 'ArrowUp'] },
      after: { title: 'Next block', strokes: ['ArrowRight', 'ArrowDown'] },
      first: { title: 'The first', strokes: ['Home'] },
      last: { title: 'The last', strokes: ['End'] },
    },
  },
  pointsPlane: {
    title: 'Plane of points that you draw',
    keys: {
      left: { title: 'Cross to the left', strokes: ['ArrowLeft'] },
      right: { title: 'Cross to the right', strokes: ['ArrowRight'] },
      up: { title: 'Cross up', strokes: ['ArrowUp'] },
      down: { title: 'Cross down', strokes: ['ArrowDown'] },
      farLeft: { title: 'Far to the left', strokes: ['Shift+ArrowLeft'] },
      farRight: { title: 'Far to the right', strokes: ['Shift+ArrowRight'] },
      farUp: { title: 'Far up', strokes: ['Shift+ArrowUp'] },
      farDown: { title: 'Far down', strokes: ['Shift+ArrowDown'] },
      set: { title: 'Set a point', strokes: ['Enter', 'Space'] },
      take: { title: 'Take back the last point', strokes: ['Backspace'] },
    },
  },
  checkpointName: {
    title: 'Names of checkpoints and runs',
    keys: {
      take: { title: 'Take the name', strokes: ['Enter'] },
      leave: { title: 'Leave it as it was', strokes: ['Escape'] },
    },
  },
  tour: {
    title: 'Guided tour',
    keys: {
      before: { title: 'Step before', strokes: ['ArrowLeft'] },
      after: { title: 'Next step', strokes: ['ArrowRight'] },
      close: { title: 'Close the tour', strokes: ['Escape'] },
    },
  },
  presenter: {
    title: 'Presenter mode',
    keys: {
      before: { title: 'Scene before', strokes: ['ArrowLeft', 'PageUp'] },
      after: { title: 'Next scene', strokes: ['ArrowRight', 'PageDown'] },
      close: { title: 'Leave presenter mode', strokes: ['Escape'] },
    },
  },
  dialog: {
    title: 'Dialogs, lists and notes',
    native: true,
    keys: {
      close: { title: 'Close', strokes: ['Escape'] },
    },
  },
} as const satisfies Record<string, Place>;

export type PlaceId = keyof typeof shortcuts;
export type ActionOf<Id extends PlaceId> = keyof (typeof shortcuts)[Id]['keys'];
