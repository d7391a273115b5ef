import { distillationMethods } from '../../engine/distillation/methods';
import type { ModelConfig } from '../../engine/unet/config';
import { numberUsed } from '../../settings/group';
import { factsOf } from '../../store/datasetFacts';
import { LossHistory } from '../../store/lossHistory';
import { contextOf } from '../../store/readiness';
import { studiedModel } from '../../store/studiedModel';
import type { StudyQuestion } from '../../store/studyRunner';
import { type StudyState, studyStore } from '../../store/studyStore';
import { valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { slug } from '../models/modelWords';
import type { Distances } from './distances';
import type { DrawnImages } from './drawing';
import { type DistillationNeeds, distillationProblem } from './problems';
import { distillationGroup } from './settings';
import type { DistillingReport, Drawer, distilling, StudentPlace } from './study';

/** What `done` and `total` count: images of the teacher, training steps, or sampling steps of the measurement. */
export type Phase = 'pairs' | 'learning' | 'measuring';

/** The student of a run that has ended. */
export interface Student {
  file: Blob;
  fileName: string;
  place: StudentPlace;
  /** Whether it was saved as a file, or is the model of the page. */
  kept: boolean;
}

export interface DistillationState extends StudyState {
  phase: Phase;
  /** Of the run that is shown; null before the first. */
  config: ModelConfig | null;
  place: StudentPlace | null;
  /** Training steps of all stages; `losses` grow in place with it. */
  learned: number;
  losses: LossHistory;
  drawn: Partial<Record<Drawer, DrawnImages & { step: number }>>;
  student: Student | null;
  distances: Distances | null;
  /** Begins; a student that is there goes. */
  distil(): Promise<void>;
  pause(): void;
  resume(): void;
  noteKept(): void;
}

const nothing = () => ({
  phase: 'learning' as Phase,
  config: null,
  place: null,
  learned: 0,
  losses: new LossHistory(),
  drawn: {},
  student: null,
  distances: null,
});

export function createDistillation({ core, engine }: ViewPlace<DistillationNeeds>) {
  return studyStore<typeof distilling, DistillationState>(engine, 'distilling', (runner, set, get) => {
    function question(): StudyQuestion<typeof distilling, DistillationState> | string {
      const state = core.getState();
      const { model, source, problem } = studiedModel(state);
      const blocked = distillationProblem(state) ?? problem;
      if (!model || blocked !== null) return blocked ?? 'There is no model yet.';
      const { guidance, samples, ...values } = valuesOf(state, distillationGroup);
      const title = factsOf(state, state.values.data.dataset).title;
      const { nClasses, nSteps } = model.config;
      const begun = nothing();
      /** Shown once a frame. */
      let reached: Pick<DistillationState, 'phase' | 'place' | 'learned'> = {
        ...{ phase: 'learning', place: null, learned: 0 },
      };

      function hear(report: DistillingReport): void {
        if (report.kind === 'pairs' || report.kind === 'measuring')
          reached = { ...reached, phase: report.kind };
        else if (report.kind === 'step') {
          const { done: learned, loss, stage, stages, step, drawsIn } = report;
          begun.losses.append(learned, [loss]);
          reached = { phase: 'learning', learned, place: { stage, stages, step, drawsIn } };
        } else if (report.kind === 'images') {
          const { of, images, steps, evaluations, step } = report;
          set({ drawn: { ...get().drawn, [of]: { images, steps, evaluations, step } } });
        } else {
          const { bytes, stage, stages, step, drawsIn } = report;
          const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
          const steps = drawsIn === 1 ? '1-step' : `${drawsIn}-steps`;
          const fileName = `ddpm-${slug(title)}-${values.method}-${steps}.safetensors`;
          set({ student: { file, fileName, place: { stage, stages, step, drawsIn }, kept: false } });
        }
      }

      return {
        source,
        request: {
          ...values,
          // Direct learns one step and nothing else.
          ...(values.method === 'direct' && { studentSteps: 1 }),
          guidance: nClasses > 0 && !distillationMethods[values.method].fromPairs ? guidance : 0,
          samples: numberUsed(distillationGroup.rows.samples, samples, contextOf(state, nSteps)),
        },
        begin: { ...begun, config: model.config },
        progress: (report) => report,
        hear,
        show: () => reached,
        finish({ finished, distances }) {
          set(reached);
          const { learned } = reached;
          return finished ? { distances, done: learned, total: learned } : null;
        },
      };
    }

    return {
      ...nothing(),
      distil: () => runner.ask(question()),
      pause: () => runner.pause(),
      resume: () => runner.resume(),
      // Ends early; the student stays as far as it has learned.
      stop: () => runner.end(),

      noteKept() {
        const { student } = get();
        if (student) set({ student: { ...student, kept: true } });
      },
    };
  });
}

export const useDistillation = viewStore(createDistillation);
