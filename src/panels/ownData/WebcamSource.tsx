import { Camera, CircleStop, Repeat, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { Problem } from '../../ui/controls/Problem';
import { ClassLabel } from './ClassLabel';
import { useWebcam } from './useWebcam';

const EVERY_MS = 500;

/** Frames of the webcam, one at a press or two a second. */
export function WebcamSource() {
  const { status, problem, video, start, stop, capture } = useWebcam();
  const addImages = useCollection((state) => state.addImages);
  const [label, setLabel] = useState('');
  const [repeating, setRepeating] = useState(false);
  const on = status === 'on';

  function take() {
    const bitmap = capture();
    if (bitmap) void addImages([{ bitmap, className: label.trim() || null }], 'My frames');
  }
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (!repeating || !on) return;
    const timer = setInterval(() => latest.current(), EVERY_MS);
    return () => clearInterval(timer);
  }, [repeating, on]);

  function turn() {
    setRepeating(false);
    if (status === 'off') void start();
    else stop();
  }

  return (
    <div className="stack gap-3">
      <div className="webcam empty">
        <video ref={video} muted playsInline aria-label="Webcam" hidden={!on} />
        {!on && (
          <p>
            {status === 'starting'
              ? 'Starting… The browser may ask whether this page may see you.'
              : 'Hold something up, turn it about, and take some fifty frames. They stay in this browser.'}
          </p>
        )}
      </div>
      <Problem>{problem}</Problem>
      <div className="row">
        <Button icon={on ? VideoOff : Video} disabled={status === 'starting'} onClick={turn}>
          {on ? 'Stop the webcam' : 'Start the webcam'}
        </Button>
        <Button variant="primary" icon={Camera} disabled={!on} onClick={take}>
          Capture
        </Button>
        <Button
          icon={repeating ? CircleStop : Repeat}
          disabled={!on}
          aria-pressed={repeating}
          onClick={() => setRepeating(!repeating)}
        >
          {repeating ? 'Stop capturing' : 'Two a second'}
        </Button>
      </div>
      <ClassLabel value={label} onChange={setLabel} />
    </div>
  );
}
