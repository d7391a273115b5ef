import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import './Button.css';

interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'quiet' | 'danger';
  icon?: LucideIcon | undefined;
  iconSize?: number;
}

/** A button with text and, before it, an icon. One primary button a panel. */
export function Button(props: ButtonProps) {
  const { variant = 'quiet', icon: Icon, iconSize = 16, children, className = '', ...rest } = props;
  return (
    <button type="button" className={`button button--${variant} ${className}`} {...rest}>
      {Icon && <Icon size={iconSize} aria-hidden />}
      {children}
    </button>
  );
}
