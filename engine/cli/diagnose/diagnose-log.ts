import { type DiagnoseSetting, diagnose } from '../../assistant/diagnosis/diagnose';
import type { JobContext } from '../../assistant/job';
import type { OnceLog } from '../../logs/read-once';
import type { Diagnosed } from './diagnosis-json';

/** Explains a log that was read, its cited lines read again. `name`: what citations call the file. */
export async function diagnoseLog(
  log: OnceLog,
  name: string,
  question: string | undefined,
  setting: DiagnoseSetting,
  context: JobContext,
): Promise<Diagnosed> {
  const evidence = { ...log.evidence, document: { ...log.evidence.document, name } };
  const { diagnosis } = await diagnose(evidence, question, setting, context);
  return { diagnosis: await log.check(diagnosis), evidence };
}
