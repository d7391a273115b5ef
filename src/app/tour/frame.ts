/** On the page, in pixels. */
export interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Size {
  width: number;
  height: number;
}

interface Place {
  window: Size;
  /** Height at the top of the window that the header takes. */
  header: number;
  card: Size;
}

/** Where the page is scrolled to, and the corner at the bottom in which the card covers nothing of it. */
export interface Frame {
  top: number;
  side: 'left' | 'right';
}

/** Pixels around what is framed, and around the card. */
const margin = 12;

/**
 * Brings a control and what belongs to it into sight together, beside the card or above it. The control comes first in `parts`;
 * where all is too much, the last ones are left out.
 */
export function frameOf(parts: readonly [Rectangle, ...Rectangle[]], { window, header, card }: Place): Frame {
  for (let count = parts.length; count > 0; count--) {
    const { left, right, top, bottom } = around(parts.slice(0, count));
    const taken = card.width + 2 * margin;
    const side = left >= taken && right > window.width - taken ? 'left' : 'right';
    const beside = side === 'left' || right <= window.width - taken;
    const room = window.height - header - (beside ? 0 : card.height + margin) - 2 * margin;
    if (bottom - top <= room || count === 1) return { top: Math.max(0, top - header - margin), side };
  }
  throw new Error('There is nothing to frame.');
}

function around(parts: readonly Rectangle[]): Rectangle {
  const edge = (name: keyof Rectangle) => parts.map((part) => part[name]);
  return {
    left: Math.min(...edge('left')),
    right: Math.max(...edge('right')),
    top: Math.min(...edge('top')),
    bottom: Math.max(...edge('bottom')),
  };
}
