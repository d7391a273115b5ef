import type { ReactNode } from 'react';
import type { Snippet } from './snippets';

/** The names of the image and of the noise have the colours of the equations. */
const quantities: Readonly<Record<string, 'signal' | 'noise'>> = {
  x0: 'signal',
  signal: 'signal',
  eps: 'noise',
  eps_class: 'noise',
  eps_none: 'noise',
  spread: 'noise',
  z: 'noise',
};

interface CodeTextProps extends Required<Pick<Snippet, 'code' | 'values'>> {
  /** Hears whose value is asked for; null for none. */
  onShow(name: string | null): void;
}

/** Code with coloured symbols. Those with a value tell it: each place when pointed at, the first one also by keyboard. */
export function CodeText({ code, values, onShow }: CodeTextProps): ReactNode[] {
  const names = [...new Set([...Object.keys(quantities), ...Object.keys(values)])];
  const seen = new Set<string>();
  return code.split(new RegExp(`(?<!\\w)(${names.join('|')})\\b(?!=[^=])`)).map((part, i) => {
    if (i % 2 === 0) return part;
    const asked = {
      className: [quantities[part], Object.hasOwn(values, part) && 'code-symbol'].filter(Boolean).join(' '),
      onMouseEnter: () => onShow(part),
      onMouseLeave: () => onShow(null),
    };
    const isFirst = !seen.has(part);
    seen.add(part);
    if (!Object.hasOwn(values, part))
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name.
        <span key={i} className={asked.className}>
          {part}
        </span>
      );
    const focused = { onFocus: () => onShow(part), onBlur: () => onShow(null) };
    return isFirst ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name.
      <button key={i} type="button" {...asked} {...focused}>
        {part}
      </button>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name.
      <span key={i} {...asked}>
        {part}
      </span>
    );
  });
}
