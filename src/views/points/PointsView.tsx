import { PointsPanel } from './PointsPanel';

/** Diffusion in two dimensions. */
export default function PointsView() {
  return <PointsPanel />;
}
