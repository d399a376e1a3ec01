import type { ComponentProps, ReactNode, Ref } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: 'normal' | 'primary' | 'danger' | 'plain';
}

export function Button({ kind = 'normal', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`button ${className}`} data-kind={kind} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** Accessible name and tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Keys that do the same, shown in the tooltip. */
  readonly keys?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, keys, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button ${className}`}
      aria-label={label}
      data-tip={keys ? `${label} (${keys})` : label}
      {...rest}
    >
      {icon}
    </button>
  );
}
