import { describe, expect, it } from 'vitest';
import { frameOf, type Rectangle } from './frame';

const laptop = {
  window: { width: 1440, height: 900 },
  header: 80,
  card: { width: 400, height: 220 },
};
const phone = { window: { width: 390, height: 844 }, header: 60, card: { width: 374, height: 240 } };
const at = (left: number, right: number, top: number, bottom: number): Rectangle => ({
  ...{ left, right, top, bottom },
});

describe('the frame of a step', () => {
  it('has the control and its images below the header', () => {
    expect(frameOf([at(20, 700, 1000, 1100), at(20, 700, 900, 990)], laptop)).toEqual({
      top: 900 - 80 - 12,
      side: 'right',
    });
    expect(frameOf([at(0, 100, 0, 50)], laptop).top, 'not above the page').toBe(0);
  });

  it('has the card at the side where it covers nothing', () => {
    expect(frameOf([at(720, 1420, 500, 1200)], laptop).side).toBe('left');
    expect(frameOf([at(20, 700, 500, 1200)], laptop).side).toBe('right');
  });

  it('leaves out the last parts where the card would cover them', () => {
    const control = at(10, 380, 2000, 2100);
    const near = at(10, 380, 1800, 1950);
    const far = at(10, 380, 1300, 1700);
    // 844 − 60 − 240 − 3 × 12 = 508 pixels are free.
    expect(frameOf([control, near, far], phone).top).toBe(1800 - 72);
    expect(frameOf([control, far], phone).top).toBe(2000 - 72);
  });
});
