import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../../engine/formatBytes';
import { messageOf } from '../../../engine/messageOf';
import { download } from '../../../store/download';
import type { EncodedFile } from './encoding';

/** A file in the making. */
export interface Saving {
  /** 0 … 1 while one is made; else null. */
  share: number | null;
  /** What was saved, or why it could not be. */
  message: { tone: 'good' | 'bad'; text: string } | null;
  /** Makes a file and hands it to the visitor as `name` and its extension. */
  save(
    name: string,
    make: (onProgress: (share: number) => void, signal: AbortSignal) => Promise<EncodedFile>,
  ): void;
  cancel(): void;
}

/** One file at a time; what is under way ends with the component. */
export function useSaving(): Saving {
  const [share, setShare] = useState<number | null>(null);
  const [message, setMessage] = useState<Saving['message']>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);
  return {
    share,
    message,
    async save(name, make) {
      control.current = new AbortController();
      const { signal } = control.current;
      setShare(0);
      setMessage(null);
      try {
        const { bytes, extension, type } = await make(setShare, signal);
        signal.throwIfAborted();
        const fileName = `${name}.${extension}`;
        download(fileName, bytes, type);
        setMessage({ tone: 'good', text: `Saved ${fileName}, ${formatBytes(bytes.length)}.` });
      } catch (error) {
        const text = messageOf(error);
        setMessage(signal.aborted ? { tone: 'good', text: 'Cancelled.' } : { tone: 'bad', text });
      } finally {
        setShare(null);
      }
    },
    cancel: () => control.current?.abort(),
  };
}
