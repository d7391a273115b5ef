import type { ExampleFollower } from '../store/followExample';
import { classGuessGroup } from '../views/classes/settings';
import { interpolationGroup } from '../views/edit/settings';
import { forwardLabGroup } from '../views/forward/settings';
import { networkGroup } from '../views/network/settings';
import { reverseStepGroup } from '../views/reverse/settings';

/** The views that show the page's example at the page's t, until they get their own. */
export const exampleFollowers = [
  { group: forwardLabGroup, t: 't' },
  { group: reverseStepGroup, image: 'index', t: 't', least: 1 },
  { group: networkGroup, image: 'index', t: 't', least: 1 },
  { group: classGuessGroup, image: 'example', t: 't', least: 1 },
  { group: interpolationGroup, image: 'from' },
] as unknown as readonly ExampleFollower[];
