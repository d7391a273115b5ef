/** Which part of an image becomes the square that a model learns: a window, or the whole, padded or stretched. */
export type Crop = 'centre' | 'padded' | 'stretched' | CropWindow;

/** A square that lies inside an image, whatever its size and proportions are. */
export interface CropWindow {
  /** Where it lies on the way from the left edge (0) to the right one (1). */
  x: number;
  /** The same from the top (0) to the bottom (1). */
  y: number;
  /** Its side as a share of the image's short side, smallestWindow … 1. */
  size: number;
}

/** Less of an image than this is hardly ever meant. */
export const smallestWindow = 0.1;

/** The window of 'centre': the largest square, in the middle. */
export const centreWindow: CropWindow = { x: 0.5, y: 0.5, size: 1 };

/** In pixels of the image, whole ones; it may reach beyond the image. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangle of an image of width × height pixels that becomes the square; what lies outside the image is padding. */
export function croppedRectangle(crop: Crop, width: number, height: number): Rectangle {
  if (crop === 'stretched') return { left: 0, top: 0, width, height };
  const square = (side: number, { x, y }: CropWindow) => ({
    left: Math.floor(x * (width - side)),
    top: Math.floor(y * (height - side)),
    width: side,
    height: side,
  });
  if (crop === 'padded') return square(Math.max(width, height), centreWindow);
  const window = crop === 'centre' ? centreWindow : crop;
  return square(Math.max(1, Math.round(window.size * Math.min(width, height))), window);
}

/** A window that was moved by so many pixels over an image of width × height; it stays inside. */
export function movedWindow(
  window: CropWindow,
  [right, down]: readonly [number, number],
  width: number,
  height: number,
): CropWindow {
  const side = window.size * Math.min(width, height);
  const moved = (place: number, by: number, room: number) =>
    room > 0 ? Math.min(1, Math.max(0, place + by / room)) : place;
  return { ...window, x: moved(window.x, right, width - side), y: moved(window.y, down, height - side) };
}
