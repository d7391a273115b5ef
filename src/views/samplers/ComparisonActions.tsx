import { ArrowLeftRight, Play, Target } from 'lucide-react';
import type { Patch } from '../../settings/path';
import { useStore } from '../../store/store';
import { isRunning } from '../../store/studyRunner';
import { valuesOf } from '../../store/valuesSlice';
import { Button } from '../../ui/controls/Button';
import { PauseButton, StopButton } from '../../ui/controls/RunButtons';
import { comparisonProblem, useComparison } from './comparisonState';
import { type SamplersSettings, samplersGroup } from './settings';

/** Start, hold, stop; and two ways to set the sides. */
export function ComparisonActions() {
  const { status, compare, pause, resume, stop } = useComparison();
  const blocked = useStore((state) => comparisonProblem(state) !== null);
  const active = isRunning({ status });
  return (
    <div className="row">
      <Button variant="primary" icon={Play} disabled={blocked} onClick={() => void compare()}>
        Compare
      </Button>
      <PauseButton paused={status === 'paused'} disabled={!active} onPause={pause} onResume={resume} />
      <StopButton disabled={!active} onStop={stop} />
      <Button icon={ArrowLeftRight} onClick={swapSides}>
        Swap A and B
      </Button>
      <Button icon={Target} onClick={allSteps}>
        B: DDIM over all T steps
      </Button>
    </div>
  );
}

/** Each side's settings at the other. */
function swapSides(): void {
  const { a, b } = valuesOf(useStore.getState(), samplersGroup);
  const from = (prefix: 'a' | 'b', side: SamplersSettings['a']) =>
    Object.fromEntries(Object.entries(side).map(([name, value]) => [`${prefix}.${name}`, value]));
  const patch = { ...from('a', b), ...from('b', a) };
  useStore.getState().set(samplersGroup, patch as Patch<SamplersSettings>, 'Samplers swapped');
}

/** What the comparison of few steps is best held against. */
function allSteps(): void {
  useStore.getState().set(samplersGroup, {
    'b.sampler': 'ddim',
    'b.steps': 'all',
    'b.spacing': 'even',
    'b.eta': 0,
  });
}
