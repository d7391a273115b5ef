import { CircleHelp } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import './Explanation.css';

/** A question mark that opens a note; works by pointer, touch and keyboard. */
export function Explanation({ about, children }: { about: string; children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="explanation__mark" aria-label={`About ${about}`}>
        <CircleHelp size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="explanation"
          side="top"
          align="start"
          collisionPadding={12}
          sideOffset={4}
          aria-label={about}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
