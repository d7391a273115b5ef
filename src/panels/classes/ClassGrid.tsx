import { gridGuidances } from '../../store/classGridSlice';
import { useStore } from '../../store/store';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { useClassNames } from './useClassModel';

const columns = gridGuidances.length;

/** The pictures with the names of their classes at the left and w above. A choice is shown in the guidance panel. */
export function ClassGrid() {
  const pictures = useStore((state) => state.classGrid.pictures);
  const shape = useStore((state) => state.classGrid.shape);
  const { label, guidance } = useStore((state) => state.classGuess.settings);
  const setClassGuess = useStore((state) => state.setClassGuess);
  const classNames = useClassNames();
  const rows = shape?.classes ?? classNames.length;
  const names = Array.from({ length: rows }, (_, row) => classNames[row] ?? String(row));
  const column = gridGuidances.indexOf(guidance);
  return (
    <div className="class-grid">
      <div className="class-grid__corner math" aria-hidden>
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
      {pictures && shape ? (
        <PictureGrid
          pictures={pictures}
          count={rows * columns}
          size={shape.size}
          channels={shape.channels}
          columns={columns}
          label="Classes by guidance"
          selected={column < 0 ? -1 : label * columns + column}
          onSelect={(index) =>
            setClassGuess({
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
          Noise turns into pictures of every class here.
        </EmptyGrid>
      )}
    </div>
  );
}
