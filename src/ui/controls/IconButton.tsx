import { Tooltip } from 'radix-ui';
import type { ComponentProps } from 'react';
import { Button } from './Button';

interface IconButtonProps extends ComponentProps<typeof Button> {
  /** Its name for screen readers, and the hint on hover and focus. */
  label: string;
}

/** A square button with an icon only. */
export function IconButton({ label, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip.Provider delayDuration={350}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>
          <Button aria-label={label} className={`button--icon ${className}`} {...rest} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="hint" sideOffset={6} collisionPadding={8}>
            {label}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
