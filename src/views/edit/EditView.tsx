import { EditHeadPanel } from './EditHeadPanel';
import { ImageToImagePanel } from './imageToImage/ImageToImagePanel';
import { InpaintingPanel } from './inpainting/InpaintingPanel';
import { InterpolationPanel } from './interpolation/InterpolationPanel';
import './edit.css';

/** Images edited by a model: between two, over one, and into one. */
export default function EditView() {
  return (
    <div className="stack">
      <EditHeadPanel />
      <InterpolationPanel />
      <div className="panels">
        <ImageToImagePanel />
        <InpaintingPanel />
      </div>
    </div>
  );
}
