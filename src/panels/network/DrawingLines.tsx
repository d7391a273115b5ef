import type { Drawing, Edge } from './drawing';
import './DrawingLines.css';

interface DrawingLinesProps {
  drawing: Drawing;
  /** Whether a line is switched off. */
  isOff?: (edge: Edge) => boolean;
}

/** The lines of the network's drawing: the way of the image, the skips as arcs, and the time embedding. */
export function DrawingLines({ drawing: { width, height, edges }, isOff = () => false }: DrawingLinesProps) {
  return (
    <svg className="drawing-lines" viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {edges.map((edge) => (
        <path
          key={`${edge.from} ${edge.to} ${edge.kind}`}
          d={edge.path}
          className={`drawing-lines__${edge.kind}`}
          data-off={isOff(edge) || undefined}
        />
      ))}
    </svg>
  );
}
