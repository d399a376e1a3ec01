import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contract/errors';
import type { CommandSystem } from './command-system';

/** A line of answers: what `sigma-ops suggest --batch` writes has these fields among others. */
const Answer = z.object({ id: z.string(), command: z.string().nullable(), ms: z.number().nullish() });

/** Stored answers as a system; an item without a line counts as unanswered. */
export function systemFromFile(path: string, name = basename(path, '.jsonl')): CommandSystem {
  const answers = new Map<string, z.infer<typeof Answer>>();
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const answer = Answer.safeParse(parseLine(line));
    if (!answer.success)
      throw new AppError('invalid-input', `${path}:${index + 1} is no line {id, command, ms?}.`);
    answers.set(answer.data.id, answer.data);
  }
  return {
    name,
    index: null,
    async suggest(_request, { id }) {
      const answer = answers.get(id);
      return { command: answer?.command ?? null, ms: answer?.ms ?? null };
    },
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
