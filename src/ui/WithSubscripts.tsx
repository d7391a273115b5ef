import { Fragment } from 'react';

/** A text with its subscripts lowered: "x_t" is x with a small t below. */
export function WithSubscripts({ text }: { text: string }) {
  const parts = text.split(/_([\p{L}\p{N}])/u);
  return parts.map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text.
    place % 2 === 1 ? <sub key={place}>{part}</sub> : <Fragment key={place}>{part}</Fragment>,
  );
}
