import type { Background } from '../../engine/data/import/appearance';
import type { Choice } from '../../engine/data/import/imageSet';
import { limits } from '../../engine/data/import/pixels';
import { useCollection } from '../../store/ownData/useCollection';
import { NumberField } from '../../ui/controls/NumberField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { SwitchField } from '../../ui/controls/SwitchField';

const backgrounds: readonly { value: Background; title: string }[] = [
  { value: 'auto', title: 'Automatic' },
  { value: 'white', title: 'White' },
  { value: 'black', title: 'Black' },
];

const labels: Readonly<Record<Choice['about'], string>> = {
  layout: 'Layout',
  'class column': 'Class column',
};

/** What a wrong guess is corrected by. The files are read once more where that is needed; nothing is chosen again. */
export function Corrections() {
  const busy = useCollection((state) => state.status !== 'idle');
  const { choices, hasTransparency, total } = useCollection((state) => state.found);
  const limit = useCollection((state) => state.limit);
  const { invert, transpose, background } = useCollection((state) => state.appearance);
  const { setAppearance, answer, setLimit } = useCollection((state) => state);
  return (
    <fieldset className="stack gap-3">
      <legend className="title">Corrections</legend>
      {choices.map(({ name, choice }) => (
        <SelectField
          key={name}
          label={choices.length === 1 ? labels[choice.about] : `${labels[choice.about]} of ${name}`}
          explanation={explanationOf(choice.about)}
          value={String(choice.taken)}
          options={choice.titles.map((title, index) => ({ value: String(index), title }))}
          onChange={(value) => void answer(name, choice.about, Number(value))}
          disabled={busy}
        />
      ))}
      <div className="add-data__switches">
        <SwitchField
          label="Invert levels"
          explanation={<p>Swaps black and white. The sets shipped here are light on a dark background.</p>}
          checked={invert}
          onChange={(checked) => void setAppearance({ invert: checked })}
          disabled={busy}
        />
        <SwitchField
          label="Transpose"
          explanation={
            <p>
              Swaps the rows and columns of each image. The letters of EMNIST lie on their side without it.
            </p>
          }
          checked={transpose}
          onChange={(checked) => void setAppearance({ transpose: checked })}
          disabled={busy}
        />
      </div>
      {hasTransparency && (
        <Segmented
          label="Background"
          explanation={
            <p>
              What stands behind transparent images. Automatic: white where they are dark, black where they
              are light.
            </p>
          }
          value={background}
          options={backgrounds}
          onChange={(value) => void setAppearance({ background: value })}
        />
      )}
      {total > 1 && (
        <NumberField
          label="Images at most"
          explanation={
            <p>
              Where the files hold more, as many of each class are taken as of every other. At most{' '}
              {limits.images.toLocaleString('en')} fit into a browser’s memory.
            </p>
          }
          value={limit}
          onCommit={(value) => void setLimit(value)}
          min={1}
          max={limits.images}
          step={100}
          integer
          disabled={busy}
        />
      )}
    </fieldset>
  );
}

function explanationOf(about: Choice['about']) {
  return about === 'layout' ? (
    <p>How the numbers of the array are taken for images. A wrong layout shows stripes or noise.</p>
  ) : (
    <p>The column of the table that holds the class of each image.</p>
  );
}
