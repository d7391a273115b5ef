import { FolderOpen, ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { imageSuffixes } from '../../engine/data/import/images/imageFile';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { otherSuffixes, pickedFiles } from './pickedFiles';

/** What is read is known by its content: this only sorts the files in the system's dialog. */
const accepted = [...imageSuffixes, ...otherSuffixes].join(',');

/** Files, a folder or an archive, picked or dropped: the dialog around takes them wherever they fall. */
export function FilesSource() {
  const reading = useCollection((state) => state.status === 'reading');
  const addFiles = useCollection((state) => state.addFiles);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no pointer takes the buttons inside.
    <div
      className="drop-zone"
      data-over={over}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <p className="title">Drop images, a folder or a file here</p>
      <p className="note">
        Images: PNG, JPEG, WebP, GIF, BMP, AVIF. Arrays: .npy, .npz, IDX as MNIST has it, CIFAR’s .bin.
        Tables: .csv, .tsv, .json, .jsonl, .parquet. Or archives of these: .zip, .tar, .tar.gz. Folders become
        classes.
      </p>
      <div className="row">
        <Button icon={ImagePlus} disabled={reading} onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button icon={FolderOpen} disabled={reading} onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept={accepted}
        aria-label="Files"
        onChange={({ currentTarget }) => take(currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder"
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => take(currentTarget)}
      />
    </div>
  );

  function take(input: HTMLInputElement) {
    void addFiles(pickedFiles(input.files ?? []));
    // The same files can be chosen again.
    input.value = '';
  }
}
