import { CircleAlert, RotateCcw } from 'lucide-react';
import { Button } from '../ui/button';
import { chooseModel, restartEngine, useEngine, useOwnModel } from './engine-store';

/** The whole message of a failed engine, where no pane can hide it. */
export function EngineAlert() {
  const { status } = useEngine();
  const ownModel = useOwnModel();
  if (status.state !== 'failed') return null;
  return (
    <div className="engine-alert" role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <p>
        <strong>The engine is not running.</strong> {status.message}
      </p>
      {ownModel && <Button onClick={() => chooseModel(true)}>Use the shipped model</Button>}
      <Button onClick={restartEngine}>
        <RotateCcw size={14} aria-hidden="true" /> Restart engine
      </Button>
    </div>
  );
}
