/** The steps of the page in the order of the data; the ids are those of the panels. */
export const steps = [
  { id: 'data', title: 'Data' },
  { id: 'forward', title: 'Forward' },
  { id: 'train', title: 'Train' },
  { id: 'sample', title: 'Sample' },
] as const;
