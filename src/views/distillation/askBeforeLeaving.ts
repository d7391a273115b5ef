import { isRunning } from '../../store/studyRunner';
import { useDistillation } from './state';

// The student is in this page alone until it is the model of the page or a file.
addEventListener('beforeunload', (event) => {
  const { status, learned, student } = useDistillation.getState();
  const isUnderWay = isRunning({ status }) && learned > 0;
  if (isUnderWay || (student && !student.kept)) event.preventDefault();
});
