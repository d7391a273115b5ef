// `npm run check`: types, style, import rules, and the unit tests in Node of what changed since the branch main.
import { install } from './install.mjs';
import { runSteps, style, types } from './steps.mjs';

install();
runSteps({
  types,
  'style and import rules': style,
  'unit tests of what changed': [
    'vitest',
    'run',
    '--project',
    'node',
    '--changed',
    'main',
    '--passWithNoTests',
  ],
});
