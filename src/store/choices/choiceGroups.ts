import { boundChoices } from './bound';
import { classGridChoices, classGuessChoices } from './classes';
import { inpaintingChoices, interpolationChoices, pictureToPictureChoices } from './edit';
import { editedChoices } from './edited';
import { forwardLabChoices } from './forwardLab';
import {
  dataChoices,
  forwardChoices,
  originChoices,
  samplingChoices,
  settingChoices,
  shownChoices,
} from './playground';
import { pointsViewChoices } from './points';
import { qualityChoices } from './quality';
import { reverseStepChoices } from './reverseStep';
import { samplersChoices } from './samplers';

/** Every setting of the page by the group that it belongs to; the ids are those in storages and links. To add a group: a file, and a line here. */
export const choiceGroups = {
  data: dataChoices,
  settings: settingChoices,
  shown: shownChoices,
  forward: forwardChoices,
  sampling: samplingChoices,
  origin: originChoices,
  forwardLab: forwardLabChoices,
  reverseStep: reverseStepChoices,
  bound: boundChoices,
  samplers: samplersChoices,
  quality: qualityChoices,
  classGrid: classGridChoices,
  classGuess: classGuessChoices,
  interpolation: interpolationChoices,
  pictureToPicture: pictureToPictureChoices,
  inpainting: inpaintingChoices,
  edited: editedChoices,
  points: pointsViewChoices,
};

export type ChoiceGroupId = keyof typeof choiceGroups;
