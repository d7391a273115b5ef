import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/controls/Button';

const AddDataDialog = lazy(() => import('./AddDataDialog'));

/** Opens the dialog for pictures of one's own, which loads when it is first wanted. */
export function AddDataButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        icon={<Plus size={16} aria-hidden />}
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
