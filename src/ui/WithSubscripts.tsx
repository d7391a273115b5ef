import { Fragment } from 'react';

/** A text with its subscripts lowered: "x_t" is x with a small t below, "x_{t−1}" with all that the braces hold. */
export function WithSubscripts({ text }: { text: string }) {
  const parts = text.split(/_([\p{L}\p{N}∅]|\{.+?\})/u);
  return parts.map((part, place) =>
    place % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text.
      <sub key={place}>{part.replace(/[{}]/g, '')}</sub>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text.
      <Fragment key={place}>{part}</Fragment>
    ),
  );
}

/** A symbol as the equations have it, in the colour of its quantity. */
export function MathSymbol({ text, kind }: { text: string; kind?: 'signal' | 'noise' | undefined }) {
  return (
    <span className={kind ? `math ${kind}` : 'math'}>
      <WithSubscripts text={text} />
    </span>
  );
}
