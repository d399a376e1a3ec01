import { create } from 'zustand';
import type { EngineStatus } from '../../app/contract/window-api';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { useSettings } from '../settings/settings-store';
import { notifyError } from '../ui/notices';

/** What the main process says about the engine; nothing here is guessed. */
export const useEngine = create<{ readonly status: EngineStatus }>(() => ({
  status: { state: 'starting' },
}));

export function watchEngine(): void {
  call('engine.watch', {}, { onEvent: (status) => useEngine.setState({ status }) }).catch((thrown: unknown) =>
    useEngine.setState({ status: { state: 'failed', message: toErrorData(thrown).message } }),
  );
}

/** The person's own model folder, asked for with the system's dialog, or the shipped one. */
export function chooseModel(shipped: boolean): void {
  call('engine.chooseModel', { shipped }).catch(notifyError);
}

/** Whether the person's own model is chosen, and not the shipped one. */
export function useOwnModel(): boolean {
  return useSettings(({ settings }) => settings.model !== null);
}

export function restartEngine(): void {
  call('engine.restart', {}).catch(notifyError);
}

/** Why the model cannot be asked now; null when it can. */
export function engineHindrance(status: EngineStatus): string | null {
  switch (status.state) {
    case 'starting':
      return 'The engine is starting.';
    case 'loading':
      return 'The model is loading.';
    case 'failed':
      return 'The engine is not running.';
    case 'ready':
      return null;
  }
}

/** The same, as it is now. */
export function useEngineHindrance(): string | null {
  return useEngine(({ status }) => engineHindrance(status));
}
