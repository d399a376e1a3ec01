import type { MachineFacts } from '../../assistant/machine-facts';
import type { MachineKnowledge } from '../../assistant/machine-knowledge';
import { type CommandGrounding, commandPrompt, type ShownExample } from '../../assistant/prompts';
import { retrieve } from '../../assistant/suggest/retrieve';
import { RETRIEVED_TOKENS } from '../../assistant/suggest/suggest-command';
import type { PairSource } from './command-sources';
import { HOSTILE } from './hostile';
import type { Seeded } from './seeded';
import type { Task } from './task';
import { type Pair, paraphrase, withOtherValues } from './vary';

const SYSTEMS = [
  'Debian GNU/Linux 12 (bookworm)',
  'Ubuntu 24.04.1 LTS',
  'Ubuntu 22.04.5 LTS',
  'Red Hat Enterprise Linux 9.4 (Plow)',
  'Rocky Linux 9.4 (Blue Onyx)',
  'Fedora Linux 41 (Server Edition)',
  'Alpine Linux v3.20',
  'Arch Linux',
  'openSUSE Leap 15.6',
  'Amazon Linux 2023',
];
const SHELLS = ['bash', 'bash', 'bash', 'zsh', 'fish'];

/** Shares of prompts that are not as the app makes most: nothing found, something else found, foreign text beside it. */
const BARE = 0.1;
const IRRELEVANT = 0.08;
const FOREIGN = 0.06;
const HELD = 0.02;
/** Longer ones are scripts. */
const LONGEST_COMMAND = 240;

export interface CommandTaskSetting {
  readonly knowledge: MachineKnowledge;
  readonly countTokens: (text: string) => number;
  /** Commands of the evaluation in canonical form: no task has one of them. */
  readonly isEvaluated: (pair: Pair) => boolean;
  readonly random: Seeded;
}

/** Every pair and its variants as tasks, in the form that the app asks in. */
export async function* commandTasks(
  sources: readonly PairSource[],
  setting: CommandTaskSetting,
): AsyncGenerator<Task> {
  const { random } = setting;
  const seen = new Set<string>();
  const all = sources.flatMap(({ pairs }) => pairs);
  for (const { pairs, variants } of sources) {
    for (const pair of pairs) {
      if (!isUsable(pair, setting)) continue;
      // Pairs of one command stay on one side, so that held-out ones are new.
      const split = share(pair.command) < HELD ? 'held' : 'teach';
      for (let variant = 0; variant <= variants; variant++) {
        const asked = variant === 0 ? pair : varied(pair, random);
        const key = `${asked.request}\n${asked.command}`;
        if (seen.has(key) || setting.isEvaluated(asked)) continue;
        seen.add(key);
        yield await task(asked, pair, split, all, setting);
      }
    }
  }
}

function isUsable({ request, command }: Pair, { knowledge, isEvaluated }: CommandTaskSetting): boolean {
  if (command.length > LONGEST_COMMAND || command.includes('\n') || request === '') return false;
  return knowledge.parser.parse(command).parsed && !isEvaluated({ request, command });
}

function varied(pair: Pair, random: Seeded): Pair {
  const other = (random.chance(0.7) ? withOtherValues(pair, random) : null) ?? pair;
  return random.chance(0.75) ? { ...other, request: paraphrase(other.request, random) } : other;
}

async function task(
  asked: Pair,
  original: Pair,
  split: Task['split'],
  all: readonly Pair[],
  { knowledge, countTokens, random }: CommandTaskSetting,
): Promise<Task> {
  const facts: MachineFacts = {
    os: random.pick(SYSTEMS),
    shell: random.pick(SHELLS),
    cwd: random.chance(0.3) ? random.pick(['~', '~/src/app', '/var/log', '/etc/nginx', '/srv/data']) : null,
  };
  return {
    set: 'commands',
    split,
    messages: commandPrompt(asked.request, facts, await grounding()),
    answer: asked.command,
  };

  async function grounding(): Promise<CommandGrounding> {
    const context = random.chance(FOREIGN) ? [{ label: 'log lines', text: random.pick(HOSTILE) }] : [];
    if (random.chance(BARE)) return { examples: [], optionLines: [], context };
    if (random.chance(IRRELEVANT)) return { examples: strangers(), optionLines: [], context };
    const meaning = await knowledge.meaning(asked.request);
    const found = retrieve(knowledge, asked.request, RETRIEVED_TOKENS, countTokens, meaning);
    // The pair itself may be among the app's examples. Its answer must not stand in the prompt; with other values it
    // may at times, as then there is something to learn: what to copy and what to change.
    const keeps = asked.command !== original.command && random.chance(0.5);
    const examples = found.shown.filter(
      ({ request, command }) =>
        command !== asked.command &&
        (keeps || (request !== original.request && command !== original.command)),
    );
    return { examples, optionLines: found.optionLines, context };
  }

  function strangers(): ShownExample[] {
    return Array.from({ length: 1 + random.below(3) }, () => random.pick(all)).filter(
      ({ command }) => command.length < 120 && !command.includes('\n'),
    );
  }
}

/** 0 <= x < 1, the same for the same text. */
function share(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) / 4294967296;
}
