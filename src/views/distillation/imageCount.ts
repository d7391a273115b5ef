/** Images that teacher and student draw while the student learns. */
export const IMAGES = 16;
