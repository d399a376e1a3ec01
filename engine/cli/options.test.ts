import { describe, expect, it } from 'vitest';
import { readCommandLine as readAll } from './options';
import { progressLine } from './progress';

const readCommandLine = (args: readonly string[]) => readAll(args).command;

describe('readCommandLine', () => {
  it('reads each command', () => {
    expect(readCommandLine(['ask', 'why', 'so slow?', '--json'])).toEqual({
      name: 'ask',
      text: 'why so slow?',
      shared: { json: true, ai: true },
    });
    expect(readCommandLine(['suggest', 'free space', '--model', 'm'])).toEqual({
      name: 'suggest',
      text: 'free space',
      shared: { json: false, ai: true, model: 'm' },
    });
    expect(readCommandLine(['diagnose', '-', '--question', 'who?'])).toEqual({
      name: 'diagnose',
      files: ['-'],
      question: 'who?',
      evidence: false,
      shared: { json: false, ai: true },
    });
    expect(readCommandLine(['diagnose', 'a', 'b', '--no-ai', '--evidence', '--json'])).toEqual({
      name: 'diagnose',
      files: ['a', 'b'],
      evidence: true,
      shared: { json: true, ai: false },
    });
    expect(readCommandLine(['suggest', 'free', 'space', '--no-ai', '--cwd', '/srv'])).toEqual({
      name: 'suggest',
      text: 'free space',
      cwd: '/srv',
      shared: { json: false, ai: false },
    });
    expect(readCommandLine(['suggest', '--batch', 'a', '--out', 'b'])).toEqual({
      name: 'suggest-batch',
      input: 'a',
      output: 'b',
      shared: { json: false, ai: true },
    });
    expect(readCommandLine(['check', '--batch', 'a', '--out', 'b'])).toEqual({
      name: 'check-batch',
      input: 'a',
      output: 'b',
    });
    expect(readCommandLine(['digest', 'a.log', 'b.log', '--templates', 'c.csv', '--json'])).toEqual({
      name: 'digest',
      files: ['a.log', 'b.log'],
      templates: 'c.csv',
      json: true,
    });
    expect(readCommandLine(['digest', '-'])).toEqual({ name: 'digest', files: ['-'], json: false });
    expect(readCommandLine(['gather'])).toEqual({ name: 'gather' });
    expect(readCommandLine(['open'])).toEqual({ name: 'open', files: [], follow: false, safeMode: false });
    expect(readCommandLine(['open', 'a', '--follow', '--safe-mode'])).toEqual({
      name: 'open',
      files: ['a'],
      follow: true,
      safeMode: true,
    });
    expect(readCommandLine(['open', '--', '--odd-name'])).toMatchObject({ files: ['--odd-name'] });
    expect(readCommandLine(['completion', 'zsh'])).toEqual({ name: 'completion', shell: 'zsh' });
    expect(readCommandLine(['manual'])).toEqual({ name: 'manual' });
    expect(readAll(['gather', '--user-data-dir', 'd'])).toEqual({
      command: { name: 'gather' },
      userDataDir: 'd',
    });
    expect(readCommandLine(['--help'])).toEqual({ name: 'help' });
    expect(readCommandLine(['diagnose', '-h'])).toEqual({ name: 'help', about: 'diagnose' });
    expect(readCommandLine(['help', 'open'])).toEqual({ name: 'help', about: 'open' });
    expect(readCommandLine(['-V'])).toEqual({ name: 'version' });
  });

  it.each([
    [[], 'No command was given.'],
    [['explode'], "There is no command 'explode'."],
    [['ask'], 'ask needs a text.'],
    [['ask', '  '], 'ask needs a text.'],
    [['diagnose'], 'diagnose needs a file'],
    [['diagnose', 'a', '-'], 'diagnose takes files or -, not both.'],
    [['digest', 'a', '--evidence'], '--evidence belongs to diagnose.'],
    [['ask', 'x', '--question', 'y'], '--question belongs to diagnose.'],
    [['ask', 'x', '--no-ai'], '--no-ai belongs to suggest and diagnose.'],
    [['ask', 'x', '--batch', 'y'], '--batch belongs to suggest and check.'],
    [['suggest', '--batch', 'y'], '--batch IN needs --out OUT.'],
    [['suggest', 'x', '--batch', 'y', '--out', 'z'], 'suggest takes a text or --batch, not both.'],
    [['digest'], 'digest needs a file'],
    [['digest', 'a', '-'], 'digest takes files or -, not both.'],
    [['digest', 'a', '--question', 'why'], '--question belongs to diagnose.'],
    [['digest', 'a', '--templates', ''], '--templates needs a file.'],
    [['diagnose', 'a', '--templates', 'b'], '--templates belongs to digest.'],
    [['digest', 'a', '--model', 'm'], '--model belongs to ask, suggest and diagnose.'],
    [['open', 'a', '-'], 'open takes files or -, not both.'],
    [['completion', 'tcsh'], 'completion needs one of bash, zsh, fish.'],
    [['help', 'explode'], "There is no command 'explode'."],
    [['gather', '--user-data-dir', ''], '--user-data-dir needs a folder.'],
    [['ask', 'x', '--loud'], "Unknown option '--loud'"],
    [['ask', 'x', '--model'], '--model'],
  ])('says in one line what is wrong with %j', (args, message) => {
    expect(() => readCommandLine(args)).toThrow(message);
    try {
      readCommandLine(args);
    } catch (error) {
      expect(String(error)).not.toContain('\n');
    }
  });
});

describe('progressLine', () => {
  it('shows the share, and no more than all of it', () => {
    expect(progressLine('Reading', 1, 4)).toBe('Reading [######..................] 25 %');
    expect(progressLine('Reading', 9, 4)).toContain('100 %');
    expect(progressLine('Reading', 0, 0)).toContain('0 %');
  });
});
