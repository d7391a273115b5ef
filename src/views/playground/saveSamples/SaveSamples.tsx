import { Download } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { lazyPart } from '../../../ui/lazyPart';

/** Encoders and their settings load when first asked for. */
const SaveDialog = lazyPart(() => import('./SaveDialog'));

/** Opens the ways to take the images along. */
export function SaveSamples() {
  const [open, setOpen] = useState(false);
  const there = useStore((state) => state.sampling.recording !== null);
  return (
    <>
      <Button icon={Download} disabled={!there} onClick={() => setOpen(true)}>
        Save images…
      </Button>
      {open && (
        <Suspense fallback={null}>
          <SaveDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
