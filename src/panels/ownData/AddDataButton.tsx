import { Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '../../ui/controls/Button';
import { lazyPart } from '../../ui/lazyPart';

const AddDataDialog = lazyPart(() => import('./AddDataDialog'));

/** Opens the dialog for images of one's own, which loads when it is first wanted. */
export function AddDataButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        icon={Plus}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        Add your own
      </Button>
      {wanted && (
        <Suspense>
          <AddDataDialog open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
