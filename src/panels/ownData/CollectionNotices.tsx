import type { AddressesProgress } from '../../engine/files/addresses';
import { formatBytes } from '../../engine/formatBytes';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { Problem } from '../../ui/controls/Problem';

/** How far the reading is, what went wrong, and which files were left out. */
export function CollectionNotices() {
  const fetching = useCollection((state) => state.fetching);
  const progress = useCollection((state) => state.progress);
  const problem = useCollection((state) => state.problem);
  const refused = useCollection((state) => state.refused);
  const cancelReading = useCollection((state) => state.cancelReading);
  return (
    <>
      {fetching && (
        <div className="row" role="status">
          <label className="note grow">
            <span>{wordsOf(fetching)}</span>
            <progress {...(fetching.total && { value: fetching.bytes, max: fetching.total })} />
          </label>
          <Button onClick={cancelReading}>Cancel</Button>
        </div>
      )}
      {progress && (
        <div className="row" role="status">
          <label className="note grow">
            <span>
              Reading {progress.done.toLocaleString('en')} of {progress.total.toLocaleString('en')}
            </span>
            <progress value={progress.done} max={Math.max(1, progress.total)} />
          </label>
          <Button onClick={cancelReading}>Cancel</Button>
        </div>
      )}
      <Problem>{problem}</Problem>
      {refused.length > 0 && <Refused sentences={refused} />}
    </>
  );
}

function wordsOf({ bytes, total, files, filesDone }: AddressesProgress): string {
  const size = total === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(total)}`;
  return `Fetching ${size}${files > 1 ? `, ${filesDone} of ${files} files` : ''}`;
}

const shownCount = 5;

function Refused({ sentences }: { sentences: readonly string[] }) {
  const rest = sentences.length - shownCount;
  return (
    <div className="notice add-data__refused" data-tone="warn" role="alert">
      <p>
        {sentences.length === 1
          ? 'One file or image was'
          : `${sentences.length.toLocaleString('en')} files or images were`}{' '}
        left out.
      </p>
      <ul>
        {sentences.slice(0, shownCount).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {rest > 0 && <li>And {rest.toLocaleString('en')} more.</li>}
      </ul>
    </div>
  );
}
