import { expect, test, vi } from 'vitest';
import { saveOnLeaving } from './saveOnLeaving';

test('saves when the page is left while training, and only then', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' as DocumentVisibilityState });
  let training = false;
  const save = vi.fn(async () => {});
  saveOnLeaving(page as unknown as Document, () => training, save);
  const change = () => page.dispatchEvent(new Event('visibilitychange'));
  change();
  expect(save).not.toHaveBeenCalled();
  training = true;
  change();
  expect(save).toHaveBeenCalledOnce();
  page.visibilityState = 'visible';
  change();
  expect(save).toHaveBeenCalledOnce();
});
