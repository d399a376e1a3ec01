import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { keyName, LIST_KEYS } from './list/list-keys';

/** Every key of the lines. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys of the log" onClose={onClose}>
      <dl className="keys-help">
        {LIST_KEYS.map(({ action, keys, label }) => (
          <div key={action}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{keyName(key)}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className="dim">Shift with a key that moves selects lines on the way.</p>
      <div className="dialog-buttons">
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
