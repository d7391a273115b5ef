/** Dimensions of the features: well below the least number of images that are compared, so that covariances have full rank. */
export const FEATURES = 32;
/** The k of precision and recall, as in the paper. */
export const NEIGHBOURS = 3;
/** A sample nearer to a training image than this share of the held-out images are counts as memorised. */
export const MEMORISED_SHARE = 0.01;
/** The fewest images whose covariance can have full rank, with some room; and the most that are compared. */
export const counts = { least: FEATURES + 8, most: 500 } as const;
