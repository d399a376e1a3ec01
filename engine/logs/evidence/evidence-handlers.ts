import type { Diagnosis } from '../../contract/diagnosis';
import type { EvidencePack, LogsService } from '../../contract/logs';
import type { Handlers } from '../../contract/rpc';
import type { DocumentAccess } from '../store/document-access';
import type { DocumentReader } from '../store/document-reader';
import { lineTexts } from '../store/line-texts';
import type { LogStates } from '../views/log-state';
import { checkCitations, citedLines } from './check-citations';
import { gatherEvidence } from './evidence';

export type EvidenceCalls = Pick<LogsService, 'evidence' | 'checkDiagnosis'>;

/** Evidence of open documents, gathered once until a document grows, and diagnoses held against their lines. */
export function evidenceHandlers(access: DocumentAccess, states: LogStates): Handlers<EvidenceCalls> {
  const packs = new Map<string, Promise<EvidencePack>>();
  access.onChange((id) => packs.delete(id));
  return {
    evidence: async ({ id }) => {
      await access.document(id);
      const known = packs.get(id);
      if (known) return known;
      const pack = states
        .factsOf(id)
        .then((facts) => access.read(id, (reader) => gatherEvidence(reader, facts)));
      packs.set(id, pack);
      pack.catch(() => packs.delete(id));
      return pack;
    },
    checkDiagnosis: async ({ id, diagnosis }) => {
      const { blocks } = await states.of(id);
      return access.read(id, (reader) => holdAgainst(reader, blocks, diagnosis));
    },
  };
}

async function holdAgainst(
  reader: DocumentReader,
  blocks: Parameters<typeof lineTexts>[1],
  diagnosis: Diagnosis,
): Promise<Diagnosis> {
  const lines = await lineTexts(reader, blocks, citedLines(diagnosis));
  return checkCitations(diagnosis, new Map(lines.map(({ number, text }) => [number, text])));
}
