import { compose } from '../store/composition';
import { settingGroups } from './settingGroups';
import { startEngineWorker } from './startEngineWorker';

compose({ startEngineWorker, groups: settingGroups });
