import { Check, Download } from 'lucide-react';
import { useState } from 'react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { formatBytes } from '../../engine/formatBytes';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { MessageLine } from '../../ui/controls/MessageLine';
import { Panel } from '../../ui/controls/Panel';
import { counted } from '../../ui/counted';
import { modelsStore, useModels } from '../models/useModels';
import { type Student, useDistillation } from './state';
import { adoptStudent, downloadStudent } from './studentFile';
import { studentSampler } from './studentSampler';

/** What can be done with the student. */
export function StudentPanel() {
  const student = useDistillation((state) => state.student);
  return (
    <Panel
      id="student"
      title="Student"
      lead="A student is a model like any other. As the model of the page, it can be sampled, evaluated, trained on, saved and shared."
    >
      {student ? (
        <Actions student={student} />
      ) : (
        <p className="empty">
          There is no student yet. It will be here when it has learned, or when you stop.
        </p>
      )}
    </Panel>
  );
}

function Actions({ student }: { student: Student }) {
  const { file, place, kept } = student;
  /** Messages about other files are not for here. */
  const [asked, setAsked] = useState(false);
  const [adopted, setAdopted] = useState<object | null>(null);
  const busy = useModels((state) => state.busy !== null);
  const message = useModels((state) => state.fileMessage);
  const isModel = useStore(({ training }) => training.model !== null && training.model === adopted);
  const stage = place.stages > 1 ? `stage ${place.stage + 1} of ${place.stages}, ` : '';
  return (
    <div className="stack gap-3" data-kept={kept}>
      <p className="note">
        It draws in {counted(place.drawsIn, 'step')}, after {stage}
        {counted(place.step, 'training step')}. {formatBytes(file.size)}.
      </p>
      <div className="row">
        <Button
          variant="primary"
          icon={Check}
          disabled={busy}
          onClick={() => {
            setAsked(true);
            void adoptStudent(student).then(setAdopted);
          }}
        >
          Use as model
        </Button>
        <Button icon={Download} onClick={() => void downloadStudent(student)}>
          Download
        </Button>
      </div>
      <MessageLine
        message={asked ? message : null}
        onUndo={() => void modelsStore.getState().undoImport('fileMessage')}
      />
      {isModel && (
        <p className="note">
          The <a href="#sample">sample panel</a> now draws from it as it has learned to:{' '}
          {samplerOf(studentSampler.sampler).title}, {counted(place.drawsIn, 'step')}.
        </p>
      )}
    </div>
  );
}
