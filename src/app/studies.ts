import type { AnyStudy } from '../engine/study/study';
import { bound } from '../views/bound/study';
import { classGrid } from '../views/classes/gridStudy';
import { classGuess } from '../views/classes/guessStudy';
import { distilling } from '../views/distillation/study';
import { imageToImage } from '../views/edit/imageToImage/study';
import { inpainting } from '../views/edit/inpainting/study';
import { interpolating } from '../views/edit/interpolation/study';
import { breaking } from '../views/network/brokenStudy';
import { decidingPixels } from '../views/network/gradientStudy';
import { insideNetwork } from '../views/network/study';
import { predicting } from '../views/playground/opening/study';
import { quality } from '../views/quality/study';
import { reverseStep } from '../views/reverse/study';
import { comparing } from '../views/samplers/comparisonStudy';
import { converging } from '../views/samplers/convergenceStudy';
import { frechetByEvaluations } from '../views/samplers/frechetStudy';

/** Everything that can be asked of a model beside training and sampling. */
export const studies = {
  classGrid,
  classGuess,
  bound,
  breaking,
  comparing,
  converging,
  decidingPixels,
  distilling,
  frechetByEvaluations,
  inpainting,
  insideNetwork,
  interpolating,
  imageToImage,
  predicting,
  quality,
  reverseStep,
} satisfies Record<string, AnyStudy>;
