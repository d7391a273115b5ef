import type { ComponentProps } from 'react';

/** What went wrong and what to do, read out at once; nothing while all is well. */
export function Problem({ children, ...rest }: ComponentProps<'p'>) {
  return children ? (
    <p className="problem" role="alert" {...rest}>
      {children}
    </p>
  ) : null;
}

/** Why something cannot be done now, read out in turn; nothing where it can. */
export function Obstacle({ children, className = 'note' }: ComponentProps<'p'>) {
  return children ? (
    <p className={className} role="status">
      {children}
    </p>
  ) : null;
}
