import type { CSSProperties, ReactNode } from 'react';
import type { PlotSeries } from './series';

/** The keys of a plot's lines. */
export function Legend({ lines, label }: { lines: readonly Omit<PlotSeries, 'x' | 'y'>[]; label?: string }) {
  return (
    <ul className="legend" aria-label={label}>
      {lines.map(({ label, colorToken, dash = [] }) => (
        <li key={label}>
          <LegendKey colour={colorToken} dashed={dash.length > 0}>
            {label}
          </LegendKey>
        </li>
      ))}
    </ul>
  );
}

/** A short line in a colour of tokens.css, and what it stands for. */
export function LegendKey(props: { colour: string; dashed?: boolean; children: ReactNode }) {
  const { colour, dashed, children } = props;
  return (
    <span
      className="legend__key"
      data-dashed={dashed}
      style={{ '--colour': `var(${colour})` } as CSSProperties}
    >
      {children}
    </span>
  );
}
