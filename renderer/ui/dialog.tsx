import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  /** For one whose purpose is plain to see: the title is its name only. */
  readonly hideTitle?: boolean;
  readonly className?: string;
  readonly wide?: boolean;
  /** Escape, and whatever closes it. */
  readonly onClose: () => void;
  /** Id of the text that says what it is about. */
  readonly describedBy?: string;
  readonly children: ReactNode;
}

/** A dialog over the window. The keyboard goes to what has `data-first`, and back to where it was at the end. */
export function Dialog(props: DialogProps) {
  const { title, hideTitle, className = '', wide, describedBy, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      data-wide={wide || undefined}
      aria-labelledby={heading}
      aria-describedby={describedBy}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={heading} className={hideTitle ? 'visually-hidden' : undefined}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
