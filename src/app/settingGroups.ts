import type { SettingGroup } from '../settings/group';
import { forwardGroup } from '../settings/groups/forward';
import { dataGroup, originGroup, shownGroup } from '../settings/groups/page';
import { samplingGroup } from '../settings/groups/sampling';
import { trainingGroup } from '../settings/groups/training';
import { boundGroup } from '../views/bound/settings';
import { classGridGroup, classGuessGroup } from '../views/classes/settings';
import { distillationGroup } from '../views/distillation/settings';
import { editedGroup } from '../views/edit/drawings';
import { imageToImageGroup, inpaintingGroup, interpolationGroup } from '../views/edit/settings';
import { forwardLabGroup } from '../views/forward/settings';
import { networkGroup, networkModelGroup } from '../views/network/settings';
import { pointsGroup } from '../views/points/settings';
import { qualityGroup } from '../views/quality/settings';
import { reverseStepGroup } from '../views/reverse/settings';
import { runsGroup } from '../views/runs/settings';
import { samplersGroup } from '../views/samplers/settings';

/** Every setting of the page by its group. The data set comes first: what follows is of one. To add a group, a line here. */
export const settingGroups = [
  dataGroup,
  trainingGroup,
  shownGroup,
  forwardGroup,
  samplingGroup,
  originGroup,
  forwardLabGroup,
  reverseStepGroup,
  networkGroup,
  networkModelGroup,
  boundGroup,
  samplersGroup,
  qualityGroup,
  runsGroup,
  classGridGroup,
  classGuessGroup,
  interpolationGroup,
  imageToImageGroup,
  inpaintingGroup,
  editedGroup,
  pointsGroup,
  distillationGroup,
] as unknown as readonly SettingGroup[];
