import { PointsField } from './help';

/** What is drawn: whose field, as noise or as score, and which points. */
export function PointsShown() {
  return (
    <div className="row">
      <PointsField of="shown" as="segmented" />
      <PointsField of="quantity" as="segmented" />
      <PointsField of="direction" as="segmented" label="Points" />
    </div>
  );
}
