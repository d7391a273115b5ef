import { longestName } from '../../engine/names';
import { useCollection } from '../../store/ownData/useCollection';
import { TextField } from '../../ui/controls/TextField';

interface ClassLabelProps {
  value: string;
  onChange: (value: string) => void;
}

const none: readonly string[] = [];

/** The class of the next images; none where it is empty. */
export function ClassLabel({ value, onChange }: ClassLabelProps) {
  const classNames = useCollection((state) => state.built?.classNames ?? none);
  return (
    <TextField
      label="Class, optional"
      placeholder="what it shows: cat, say"
      maxLength={longestName.className}
      suggestions={classNames.filter((name) => name !== 'all' && name !== 'no class')}
      value={value}
      onChange={onChange}
    />
  );
}
