import { samplingGroup } from '../../settings/groups/sampling';
import { fieldsOf } from '../settings/fieldsOf';
import { samplingHelp } from './help';

/** A setting of how the playground samples. */
export const SamplingField = fieldsOf(samplingGroup, samplingHelp);
