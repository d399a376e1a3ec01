import { type BrowserWindow, dialog } from 'electron';
import type { Settings } from '../../contract/settings';
import type { SettingsStore } from '../../stores/settings';
import type { Engine } from '../engine';
import type { Knowledge } from '../knowledge';
import { type Service, untilAborted } from './service';

/** The engine's state, which model it runs, and what it knows. */
export function engineService(
  engine: Pick<Engine, 'watch' | 'restart' | 'switchModel'>,
  knowledge: Pick<Knowledge, 'watch'>,
  settings: SettingsStore,
  shippedModel: string,
  window: BrowserWindow,
): Service<'engine'> {
  const choose = (model: string | null): Settings => {
    const changed = settings.change({ model });
    engine.switchModel(model ?? shippedModel);
    return changed;
  };
  return {
    'engine.watch': (_params, { emit, signal }) => {
      engine.watch(emit, signal);
      return untilAborted(signal);
    },
    'engine.watchKnowledge': (_params, { emit, signal }) => {
      knowledge.watch(emit, signal);
      return untilAborted(signal);
    },
    'engine.restart': () => {
      engine.restart();
      return null;
    },
    'engine.chooseModel': async ({ shipped }) => {
      if (shipped) return choose(null);
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Use the model in a folder',
        properties: ['openDirectory'],
      });
      return filePaths[0] ? choose(filePaths[0]) : settings.get();
    },
  };
}
