import { Suspense, useRef } from 'react';
import { lazyPart } from '../lazyPart';
import { useOverflow } from './useOverflow';
import './Equation.css';

/** KaTeX and its fonts load after the first paint. */
const Typeset = lazyPart(() => import('./Typeset'));

interface EquationProps {
  /** LaTeX; \htmlClass{signal}{…} and \htmlClass{noise}{…} give a term the colour of its quantity. */
  tex: string;
  /** The equation in words, for screen readers. */
  label: string;
  /** Inside a line of text instead of on a line of its own. */
  inline?: boolean;
}

/**
 * A typeset equation. A line of its own keeps its height from the start, so nothing moves when KaTeX arrives; where it is
 * wider than its box it scrolls, by keyboard too.
 */
export function Equation({ tex, label, inline = false }: EquationProps) {
  const line = useRef<HTMLSpanElement>(null);
  const scrolls = useOverflow(line) && !inline;
  return (
    <span
      ref={line}
      className={inline ? 'equation equation--inline' : 'equation scrolls'}
      role="math"
      aria-label={label}
      tabIndex={scrolls ? 0 : undefined}
    >
      <Suspense fallback={null}>
        <Typeset tex={tex} display={!inline} />
      </Suspense>
    </span>
  );
}
