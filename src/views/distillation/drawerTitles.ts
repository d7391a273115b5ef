import type { Drawer } from './study';

/** What the three are called, in the order in which they stand. */
export const drawerTitles: Record<Drawer, string> = {
  teacher: 'Teacher',
  teacherInFew: 'Teacher in few steps',
  student: 'Student',
};
