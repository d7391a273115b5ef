import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Bitmap } from '../../engine/data/import/pixels';

/** Side of a captured frame, pixels: twice that of the largest images of a data set. */
const FRAME_SIDE = 128;

export interface Webcam {
  status: 'off' | 'starting' | 'on';
  /** For the user: why there is no image. */
  problem: string | null;
  video: RefObject<HTMLVideoElement | null>;
  start(): Promise<void>;
  stop(): void;
  /** The square in the middle of the frame that is seen now, as in a mirror; null where there is none. */
  capture(): Bitmap | null;
}

/** The webcam on a video element; it goes off with the component. */
export function useWebcam(): Webcam {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const mounted = useRef(true);
  const [status, setStatus] = useState<Webcam['status']>('off');
  const [problem, setProblem] = useState<string | null>(null);

  const stop = useCallback(() => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    setStatus('off');
  }, []);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      stop();
    };
  }, [stop]);

  const start = useCallback(async () => {
    setStatus('starting');
    setProblem(null);
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'SecurityError');
      const opened = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'user', width: { ideal: 640 }, height: { ideal: 480 } },
      });
      stream.current = opened;
      // Asking may take longer than the dialog is open.
      if (!mounted.current || !video.current) return stop();
      opened.getVideoTracks()[0]?.addEventListener('ended', () => {
        stop();
        setProblem('The webcam was switched off or unplugged.');
      });
      video.current.srcObject = opened;
      await video.current.play();
      setStatus('on');
    } catch (error) {
      stop();
      setProblem(webcamProblem(error));
    }
  }, [stop]);

  const capture = useCallback((): Bitmap | null => {
    const source = video.current;
    const side = Math.min(source?.videoWidth ?? 0, source?.videoHeight ?? 0);
    const canvas = document.createElement('canvas');
    canvas.width = FRAME_SIDE;
    canvas.height = FRAME_SIDE;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!source || side === 0 || !context) return null;
    const [left, top] = [(source.videoWidth - side) / 2, (source.videoHeight - side) / 2];
    context.imageSmoothingQuality = 'high';
    context.setTransform(-1, 0, 0, 1, FRAME_SIDE, 0);
    context.drawImage(source, left, top, side, side, 0, 0, FRAME_SIDE, FRAME_SIDE);
    const { data } = context.getImageData(0, 0, FRAME_SIDE, FRAME_SIDE);
    return { width: FRAME_SIDE, height: FRAME_SIDE, channels: 4, pixels: data };
  }, []);

  return { status, problem, video, start, stop, capture };
}

function webcamProblem(error: unknown): string {
  const { name, message } = error as DOMException;
  if (name === 'NotAllowedError')
    return 'The browser does not let this page use the webcam. Allow it beside the address, then start it again.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'There is no webcam. Plug one in, then start it again.';
  if (name === 'NotReadableError')
    return 'The webcam cannot be read: another program may be using it. Close that, then start it again.';
  if (name === 'SecurityError')
    return 'Webcams work only on pages that are served by https, or from this machine.';
  return `The webcam did not start (${message || name}). Try again.`;
}
