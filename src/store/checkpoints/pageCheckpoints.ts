import { browserCheckpoints } from './checkpointStorage';

/** The checkpoints of this page, for every view. */
export const pageCheckpoints = browserCheckpoints();
