import { FolderOpen, ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { imageSuffixes } from '../../engine/data/import/importPictures';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { pickedFiles } from './pickedFiles';
import './FilesSource.css';

const accepted = [...imageSuffixes, '.zip', '.csv', '.npy', '.npz', '.idx', '.gz'].join(',');

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
      <p className="drop-zone__title">Drop pictures, a folder or a file here</p>
      <p className="field__note">
        PNG, JPEG, WebP, GIF, BMP, AVIF; a .zip of them; pixels in .csv, .npy, .npz or .idx(.gz), so MNIST as
        it is published. Folders become classes. A link goes to Address.
      </p>
      <div className="drop-zone__buttons">
        <Button
          icon={<ImagePlus size={16} aria-hidden />}
          disabled={reading}
          onClick={() => files.current?.click()}
        >
          Choose files
        </Button>
        <Button
          icon={<FolderOpen size={16} aria-hidden />}
          disabled={reading}
          onClick={() => folder.current?.click()}
        >
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
