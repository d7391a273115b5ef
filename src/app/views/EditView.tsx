import { EditHeadPanel } from '../../panels/edit/EditHeadPanel';
import { InpaintingPanel } from '../../panels/edit/inpainting/InpaintingPanel';
import { InterpolationPanel } from '../../panels/edit/interpolation/InterpolationPanel';
import { PictureToPicturePanel } from '../../panels/edit/pictureToPicture/PictureToPicturePanel';
import '../../ui/desk.css';
import './EditView.css';

/** Pictures edited by a model: between two, over one, and into one. */
export default function EditView() {
  return (
    <div className="edit-view">
      <EditHeadPanel />
      <InterpolationPanel />
      <div className="edit-view__pair">
        <PictureToPicturePanel />
        <InpaintingPanel />
      </div>
    </div>
  );
}
