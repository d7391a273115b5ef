import type { EvaluatedModel } from '../../engine/quality/evaluateSamples';
import { featuresOf } from '../../engine/quality/featureFile';
import { type CurveChoice, type CurveReport, frechetCurve } from '../../engine/quality/frechetCurve';
import { mostSamples } from '../../engine/quality/metrics';
import type { Study } from '../../engine/study/study';

/** How far samples are from the data set, by sampler and network evaluations; false where it ended early. */
export const frechetByEvaluations: Study<CurveChoice, boolean, CurveReport> = async (
  environment,
  choice,
  tell,
) => {
  const dataset = environment.dataset();
  const most = mostSamples(dataset);
  if (choice.count > most)
    throw new Error(
      `The data set holds out ${most} images: at most as many samples can be compared, not ${choice.count}.`,
    );
  const file = await featuresOf(dataset.id, environment.readModel);
  if (!file)
    throw new Error(
      'No network has learned these images: there is no Fréchet distance. Choose a data set of the page.',
    );
  const denoiser: EvaluatedModel['denoiser'] = (conditions) =>
    conditions ? environment.denoiseAs(conditions) : environment.denoise;
  for await (const report of frechetCurve({ ...environment, denoiser }, choice, dataset, file))
    if (!(await tell(report))) return false;
  return true;
};
