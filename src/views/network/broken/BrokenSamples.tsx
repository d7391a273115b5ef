import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import type { Broken } from '../brokenState';
import type { Version } from '../brokenStudy';

const titles: Record<Version, string> = { unbroken: 'Unbroken network', broken: 'Changed network' };
const COLUMNS = 4;

/** Samples of both networks from the same noise. */
export function BrokenSamples({ shown }: { shown: Broken }) {
  const { imageSize, imageChannels } = shown.model.config;
  return (
    <div className="columns columns--narrow">
      {(['unbroken', 'broken'] as const).map((version) => {
        const images = shown.samples[version];
        return (
          <figure key={version} data-version={version}>
            <figcaption className="title">{titles[version]}</figcaption>
            {images ? (
              <ImageGrid
                images={images}
                count={shown.count}
                size={imageSize}
                channels={imageChannels}
                columns={COLUMNS}
                label={`Samples of the ${titles[version].toLowerCase()}`}
              />
            ) : (
              <EmptyGrid columns={COLUMNS} count={shown.count}>
                The samples will be here.
              </EmptyGrid>
            )}
          </figure>
        );
      })}
    </div>
  );
}
