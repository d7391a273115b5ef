import { useOtherTabs } from '../../store/otherTabs';

/** Says that another tab trains, while it does. */
export function OtherTabNotice() {
  const trains = useOtherTabs(({ training }) => training.length > 0);
  if (!trains) return null;
  return (
    <div className="notice" data-tone="warn">
      <p role="status">
        Another tab of this page is training. Two runs slow each other down, and only one tab can save its
        model. Pause the training there, or close that tab, before you train here.
      </p>
    </div>
  );
}
