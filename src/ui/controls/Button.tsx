import type { ComponentProps, ReactNode } from 'react';
import './Button.css';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'quiet' | 'danger';
  /** A lucide icon of size 16. */
  icon?: ReactNode;
}

/** A button with text and, before it, an icon. One primary button a panel. */
export function Button({ variant = 'quiet', icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button--${variant} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}
