import { ClipboardCopy } from 'lucide-react';
import { useState } from 'react';
import { problemReport } from '../store/problemReport';
import { lastEvents, useStore } from '../store/store';
import { Button } from '../ui/controls/Button';

function currentReport(): string {
  const { userAgent, hardwareConcurrency } = navigator;
  const place = { userAgent, hardwareConcurrency, isolated: crossOriginIsolated };
  return problemReport(useStore.getState(), lastEvents.lines, place);
}

/** Copies a report for a bug report; where the browser does not let it, shows the text to be copied by hand. */
export function CopyReport() {
  const [copied, setCopied] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const report = currentReport();
    try {
      await navigator.clipboard.writeText(report);
      setCopied(true);
    } catch {
      setShown(report);
    }
  };
  return (
    <>
      <Button icon={ClipboardCopy} onClick={() => void copy()}>
        {copied ? 'Report copied' : 'Copy a report'}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? 'The report is in the clipboard.' : ''}
      </span>
      {shown !== null && (
        <textarea
          className="copied-text"
          aria-label="Report to copy"
          readOnly
          rows={8}
          value={shown}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
