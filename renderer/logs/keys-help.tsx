import type { Action } from '../actions/action';
import { useKeys } from '../actions/use-keys';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { LOGS_ACTIONS } from './logs-actions';

const KEYED = LOGS_ACTIONS.filter(({ scope, plainScope }) => scope === 'lines' || plainScope === 'lines');

/** Every key of the lines. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys of the log" onClose={onClose}>
      <dl className="keys-help">
        {KEYED.map((action) => (
          <KeyRow key={action.id} action={action} />
        ))}
      </dl>
      <p className="dim">
        Shift with a key that moves selects lines on the way. Keys can be changed in the settings.
      </p>
      <div className="dialog-buttons">
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function KeyRow({ action }: { readonly action: Action }) {
  const keys = useKeys(action.id);
  if (keys.length === 0) return null;
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{action.title}</dd>
    </div>
  );
}
