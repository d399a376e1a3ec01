import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatPrompt } from '../../assistant/prompts';
import type { KnowledgeIndex } from '../../knowledge/index/knowledge-index';
import { nearExamples } from '../../knowledge/index/near-examples';
import type { Seeded } from './seeded';
import type { Task } from './task';

interface Question {
  readonly question: string;
  readonly answer: string;
}

const HELD = 0.05;
/** Each question comes with the hints that the app would give, with none, and behind another turn. */
const FORMS = 3;
/** As the app's chat takes them. */
const HINTS = 2;
const HINT_COVERAGE = 0.6;
const FACTS = [
  { os: 'Debian GNU/Linux 12 (bookworm)', shell: 'bash', cwd: null },
  { os: 'Ubuntu 24.04.1 LTS', shell: 'bash', cwd: '~' },
  { os: 'Rocky Linux 9.4 (Blue Onyx)', shell: 'zsh', cwd: null },
];

/** System questions of this project, `questions/*.jsonl` beside this file, in the form of the app's chat. */
export function* questionTasks(root: string, index: KnowledgeIndex, random: Seeded): Generator<Task> {
  const all = readQuestions(root);
  const near = (question: string) =>
    nearExamples(index, question, HINTS).filter(({ coverage }) => coverage >= HINT_COVERAGE);
  for (const { question, answer } of all) {
    const split = random.chance(HELD) ? 'held' : 'teach';
    for (let form = 0; form < FORMS; form++) {
      const earlier = form === 2 ? random.pick(all) : null;
      const turns = [
        ...(earlier
          ? [
              { role: 'user' as const, content: earlier.question },
              { role: 'assistant' as const, content: earlier.answer },
            ]
          : []),
        { role: 'user' as const, content: question },
      ];
      const hints = form === 0 ? near(question) : [];
      yield { set: 'chat', split, messages: chatPrompt(turns, random.pick(FACTS), hints), answer };
    }
  }
}

function readQuestions(root: string): Question[] {
  const folder = join(root, 'engine', 'training', 'tasks', 'questions');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Question);
}
