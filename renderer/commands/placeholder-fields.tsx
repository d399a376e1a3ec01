import { type KeyboardEvent, useId } from 'react';
import type { Placeholder } from '../../engine/contract/commands';
import type { Values } from './fill-placeholders';

/** The longest value; a prompt takes more, but nobody reads it there. */
const LONGEST_VALUE = 1000;

interface PlaceholderFieldsProps {
  readonly placeholders: readonly Placeholder[];
  readonly values: Values;
  /** Known values to choose from. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
  readonly onEnter: () => void;
}

/** A field for each name that stands for a value. */
export function PlaceholderFields(props: PlaceholderFieldsProps) {
  const names = [...new Set(props.placeholders.map(({ name }) => name))];
  if (names.length === 0) return null;
  return (
    <fieldset className="placeholders" aria-label="Values to fill in">
      {names.map((name) => (
        <PlaceholderField key={name} name={name} {...props} />
      ))}
    </fieldset>
  );
}

function PlaceholderField(props: PlaceholderFieldsProps & { readonly name: string }) {
  const { name, values, known, problems, onChange, onEnter } = props;
  const id = useId();
  const value = values[name] ?? '';
  const problem = problems[name];
  const hint = problem ?? (value.startsWith('-') ? 'It begins with - and may be read as an option.' : null);
  const offered = Object.hasOwn(known, name) ? (known[name] ?? []) : [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div className="placeholder">
      <label htmlFor={id}>
        <code>{name}</code>
      </label>
      <input
        id={id}
        className="field"
        value={value}
        placeholder={offered.length > 0 ? 'type or choose' : 'type a value'}
        maxLength={LONGEST_VALUE}
        spellCheck={false}
        autoComplete="off"
        list={offered.length > 0 ? `${id}-known` : undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(name, event.target.value)}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 && (
        <datalist id={`${id}-known`}>
          {offered.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {hint && (
        <p id={`${id}-hint`} className="placeholder-hint" data-tone={problem ? 'error' : undefined}>
          {hint}
        </p>
      )}
    </div>
  );
}
