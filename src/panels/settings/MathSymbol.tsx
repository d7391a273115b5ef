import { Fragment } from 'react';

/** A symbol as text has it: "β_t" is β with the subscript t. */
export function MathSymbol({ text }: { text: string }) {
  const [first = '', ...rest] = text.split('_');
  return (
    <>
      {first}
      {rest.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
        <Fragment key={i}>
          <sub>{part.charAt(0)}</sub>
          {part.slice(1)}
        </Fragment>
      ))}
    </>
  );
}
