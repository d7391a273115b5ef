import { lazy, Suspense } from 'react';
import './Equation.css';

/** KaTeX and its fonts load after the first paint. */
const Typeset = lazy(() => import('./Typeset'));

interface EquationProps {
  /** LaTeX; \htmlClass{signal}{…} and \htmlClass{noise}{…} give a term the colour of its quantity. */
  tex: string;
  /** The equation in words, for screen readers. */
  label: string;
  /** Inside a line of text instead of on a line of its own. */
  inline?: boolean;
}

/** A typeset equation. A line of its own keeps its height from the start, so nothing moves when KaTeX arrives. */
export function Equation({ tex, label, inline = false }: EquationProps) {
  return (
    <span className={inline ? 'equation equation--inline' : 'equation'} role="math" aria-label={label}>
      <Suspense fallback={null}>
        <Typeset tex={tex} display={!inline} />
      </Suspense>
    </span>
  );
}
