/** RGBA bytes of one picture HWC, grey or RGB: −1 is black, 1 is white, values beyond are clipped. */
export function pictureToRgba(picture: Float32Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = picture.length / channels;
  const rgba = new Uint8ClampedArray(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = picture[pixel * channels + (channels === 1 ? 0 : c)] as number;
      rgba[pixel * 4 + c] = (value + 1) * 127.5;
    }
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}
