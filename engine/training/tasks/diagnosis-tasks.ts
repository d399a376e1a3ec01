import { type FormLog, renderAnswer, renderPrompt } from '../../assistant/diagnosis/form';
import { EVIDENCE_TOKENS, promptLog } from '../../assistant/diagnosis/prompt-log';
import type { EvidencePack } from '../../contract/logs';
import { allSignatures, type Signature } from '../../knowledge/signatures';
import { evidenceOnce } from '../../logs/read-once';
import type { ChatMessage } from '../../tokenizer/chat-template';
import { askedOf, rightAnswer, type Truth } from './diagnosis-answer';
import { HOSTILE } from './hostile';
import { type Incident, incident } from './incident';
import type { Seeded } from './seeded';
import type { Task } from './task';

const HEALTHY = 0.14;
const WITH_OTHER = 0.35;
const WITH_QUESTION = 0.3;
/** Known causes are left out of the prompt this often, so that some of them are learnt. */
const WITHOUT_KNOWN = 0.25;
const HOSTILE_LINE = 0.08;
const HELD = 0.04;

export interface DiagnosisTaskSetting {
  readonly count: number;
  readonly countTokens: (messages: readonly ChatMessage[]) => number;
  /** Known failures that only the evaluation may use. */
  readonly reserved: ReadonlySet<string>;
  readonly random: Seeded;
}

/** Made-up logs, read by the product's own digest, as prompts of the app with the right answers. */
export async function* diagnosisTasks(setting: DiagnosisTaskSetting): AsyncGenerator<Task> {
  const { count, random, reserved, countTokens } = setting;
  const usable = allSignatures().filter(({ id }) => !reserved.has(id));
  let round: Signature[] = [];
  for (let made = 0; made < count; ) {
    // Every failure once before any comes again.
    if (round.length === 0) round = random.shuffled(usable);
    const root = random.chance(HEALTHY) ? null : (round.pop() ?? null);
    const other = root && random.chance(WITH_OTHER) ? random.pick(usable) : null;
    const log = withHostileLine(incident(root, other === root ? null : other, random), random);
    const pack = await evidenceOnce({ kind: 'stream', name: log.name, stream: bytesOf(log) });
    const { log: shown } = promptLog(pack, (part) => countTokens(renderPrompt(part)) <= EVIDENCE_TOKENS);
    const truth = truthOf(log, pack, shown);
    if (!truth) continue;
    made++;
    yield task(shown, truth, pack, random, random.chance(HELD) ? 'held' : 'teach');
  }
}

async function* bytesOf({ text }: Incident): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function withHostileLine(log: Incident, random: Seeded): Incident {
  if (!random.chance(HOSTILE_LINE)) return log;
  // Behind the last line, so that no line number changes.
  return { ...log, text: `${log.text}${random.pick(HOSTILE).replace(/^\S+ \d+ /, '')}\n` };
}

/** Where the truth stands among the shown pieces; null where the evidence does not show it: nothing to learn from. */
function truthOf(log: Incident, pack: EvidencePack, shown: FormLog): Truth | null {
  if (log.root === null) return pack.healthy ? { root: null, signature: null, other: null } : null;
  const root = pieceOf(log.root, shown);
  if (root < 0) return null;
  const [other] = log.others;
  const at = other ? pieceOf(other, shown) : -1;
  return {
    root,
    signature: log.root.signature,
    other: other && at >= 0 && at !== root ? { piece: at, signature: other.signature } : null,
  };
}

const pieceOf = ({ lines }: { readonly lines: readonly number[] }, { pieces }: FormLog): number =>
  pieces.findIndex((piece) => piece.lines.some(({ number }) => lines.includes(number)));

function task(log: FormLog, truth: Truth, pack: EvidencePack, random: Seeded, split: Task['split']): Task {
  const hidden = random.chance(WITHOUT_KNOWN);
  const shown = hidden ? { ...log, pieces: log.pieces.map((piece) => ({ ...piece, known: [] })) } : log;
  // A title that stands for many causes says only what is felt.
  const generic = /^(?:zz|generic|io|connection)-/.test(truth.signature?.id ?? '');
  const fields = rightAnswer(shown, truth, generic);
  // Of a healthy log the app asks the model a question only.
  if (!random.chance(WITH_QUESTION) && !pack.healthy) {
    return { set: 'diagnosis', split, messages: renderPrompt(shown), answer: renderAnswer(fields) };
  }
  const { question, answer } = askedOf(shown, truth, random);
  return {
    set: 'diagnosis',
    split,
    messages: renderPrompt(shown, question),
    answer: renderAnswer({ ...fields, answer }),
  };
}
