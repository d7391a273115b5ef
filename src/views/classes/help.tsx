import { samplingHelp } from '../../panels/sampling/help';
import { fieldsOf } from '../../panels/settings/fieldsOf';
import { classGridGroup, classGuessGroup } from './settings';

const seed = <p>Determines all noise. The same seed gives the same result.</p>;

export const ClassGridField = fieldsOf(classGridGroup, {
  steps: (
    <p>
      How many of the T steps DDIM takes, at η = 0: then the noise <i className="math">x</i>
      <sub>T</sub>, the class and w alone decide an image.
    </p>
  ),
  seed,
});

export const ClassGuessField = fieldsOf(classGuessGroup, {
  example: null,
  t: (
    <p>
      How many steps of noise are added to the image. With more noise, the class has more influence on the
      prediction.
    </p>
  ),
  label: null,
  guidance: samplingHelp.guidance,
  seed,
});
