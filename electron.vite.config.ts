import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8'));
const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * Everything that runs in Node, the window's main process, its hosts and the command line, is one build,
 * so that they share chunks. Electron 33 (Chromium 130, Node 20) is the oldest runtime that is served.
 */
export default defineConfig({
  main: {
    define: { __APP_VERSION__: JSON.stringify(version) },
    build: {
      outDir: 'out/main',
      target: 'node20',
      externalizeDeps: true,
      rollupOptions: {
        input: {
          main: at('app/main/main.ts'),
          'pty-host': at('app/pty/pty-host-main.ts'),
          'engine-host': at('engine/engine-main.ts'),
          'logs-host': at('engine/logs-main.ts'),
          'logs-scan-worker': at('engine/logs/workers/scan-worker-main.ts'),
          'sigma-ops': at('engine/cli/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: at('app/preload/preload.ts') },
        // A sandboxed preload is loaded as CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      rollupOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
