import { useState } from 'react';
import type { LogFile } from '../../app/contract/window-api';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { plural } from '../ui/format';
import { dismissOffer, openFiles, useOpening } from './open-logs';

/** Asks how files are to be opened where there is a choice: together, with their earlier parts, followed. */
export function OpenDialog() {
  const asked = useOpening((state) => state.asked);
  return asked && <Question key={asked.map(({ path }) => path).join('\n')} files={asked} />;
}

function Question({ files }: { readonly files: readonly LogFile[] }) {
  const earlier = files.flatMap((file) => file.rotated);
  const several = files.length > 1;
  const [together, setTogether] = useState(several);
  const [rotated, setRotated] = useState(true);
  const [follow, setFollow] = useState(false);
  const open = () => {
    dismissOffer();
    void openFiles(files, { together, rotated: rotated && earlier.length > 0, follow });
  };
  return (
    <Dialog
      title={several ? `Open ${files.length} logs` : `Open ${files[0]?.name ?? 'a log'}`}
      onClose={dismissOffer}
    >
      {several && <FileList names={files.map(({ name }) => name)} />}
      <div className="open-choices">
        {several && (
          <fieldset>
            <legend className="visually-hidden">How to open them</legend>
            <label className="check">
              <input type="radio" name="together" checked={together} onChange={() => setTogether(true)} /> As
              one log, lines in order of time
            </label>
            <label className="check">
              <input type="radio" name="together" checked={!together} onChange={() => setTogether(false)} />{' '}
              Each as a log of its own
            </label>
          </fieldset>
        )}
        {earlier.length > 0 && (
          <label className="check">
            <input type="checkbox" checked={rotated} onChange={(event) => setRotated(event.target.checked)} />{' '}
            With {plural(earlier.length, 'earlier part')} beside {several ? 'them' : 'it'}
          </label>
        )}
        {earlier.length > 0 && <FileList names={earlier} />}
        <label className="check">
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />{' '}
          Follow: show what is added to {several ? 'them' : 'it'}
        </label>
      </div>
      <div className="dialog-buttons">
        <Button onClick={dismissOffer}>Cancel</Button>
        <Button kind="primary" onClick={open}>
          Open
        </Button>
      </div>
    </Dialog>
  );
}

const MOST_NAMES = 8;

function FileList({ names }: { readonly names: readonly string[] }) {
  return (
    <ul className="open-files dim">
      {names.slice(0, MOST_NAMES).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: files of two folders may have the same name
        <li key={index} className="cut">
          {name}
        </li>
      ))}
      {names.length > MOST_NAMES && <li>and {names.length - MOST_NAMES} more</li>}
    </ul>
  );
}
