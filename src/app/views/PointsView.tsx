import { PointsPanel } from '../../panels/points/PointsPanel';

/** Diffusion in two dimensions. */
export default function PointsView() {
  return <PointsPanel />;
}
