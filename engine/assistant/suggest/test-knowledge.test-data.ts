import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtSpecs } from '../../knowledge/fig/built-specs';
import { openMachineKnowledge } from '../machine-knowledge';

/** What ships with the app and nothing of this machine; the examples alone are indexed. */
export const shippedKnowledge = () =>
  openMachineKnowledge({
    environment: {},
    home: null,
    cacheFolder: mkdtempSync(join(tmpdir(), 'knowledge-')),
    fixed: true,
    specsFile: builtSpecs(),
  });
