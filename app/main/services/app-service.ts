import type { WindowRequest } from '../../../engine/contract/window-link';
import type { AppInfo } from '../../contract/window-api';
import type { Backlog } from '../backlog';
import { inspectFiles } from '../log-files';
import type { Notices } from '../notices';
import { type Service, untilAborted } from './service';

export function appService(
  info: AppInfo,
  notices: Notices,
  openRequests: Backlog<WindowRequest>,
): Service<'app'> {
  return {
    'app.info': () => info,
    'app.notices': (_params, { emit, signal }) => {
      notices.watch(emit, signal);
      return untilAborted(signal);
    },
    'app.openRequests': (_params, { emit, signal }) => {
      openRequests.watch(({ files, follow }) => {
        if (files.length === 0) return;
        void inspectFiles(files).then((inspected) => emit({ files: inspected, follow }));
      }, signal);
      return untilAborted(signal);
    },
  };
}
