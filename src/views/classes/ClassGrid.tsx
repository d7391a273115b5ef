import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { gridGuidances, useClassGrid } from './gridState';
import { classGuessGroup } from './settings';
import { useClassNames } from './useClassModel';

const columns = gridGuidances.length;

/** The images with the names of their classes at the left and w above. A choice is shown in the guidance panel. */
export function ClassGrid() {
  const images = useClassGrid((state) => state.images);
  const shape = useClassGrid((state) => state.shape);
  const { label, guidance } = useValues(classGuessGroup);
  const set = useStore((state) => state.set);
  const classNames = useClassNames();
  const rows = shape?.classes ?? classNames.length;
  const names = Array.from({ length: rows }, (_, row) => classNames[row] ?? String(row));
  const column = gridGuidances.indexOf(guidance);
  return (
    <div className="class-grid">
      <div className="math note" aria-hidden>
        c \ w
      </div>
      <ol className="class-grid__guidances" aria-hidden>
        {gridGuidances.map((w) => (
          <li key={w}>{w}</li>
        ))}
      </ol>
      <ol className="class-grid__classes" aria-hidden>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      {images && shape ? (
        <ImageGrid
          images={images}
          count={rows * columns}
          size={shape.size}
          channels={shape.channels}
          columns={columns}
          label="Classes by guidance"
          selected={column < 0 ? -1 : label * columns + column}
          onSelect={(index) =>
            set(classGuessGroup, {
              label: Math.floor(index / columns),
              guidance: gridGuidances[index % columns] as number,
            })
          }
          nameOf={(index) =>
            `Class ${names[Math.floor(index / columns)]}, w = ${gridGuidances[index % columns]}`
          }
        />
      ) : (
        <EmptyGrid columns={columns} count={columns * rows}>
          Noise turns into images of every class here.
        </EmptyGrid>
      )}
    </div>
  );
}
