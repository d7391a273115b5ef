import { serveEngine } from '../worker/serve';
import { studies } from './studies';

serveEngine(studies);
