import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChatMessage, renderChat } from './chat-template';
import { StreamDecoder } from './stream-decoder';
import { loadTokenizer, type ModelTokenizer } from './tokenizer';

/** Golden ids come from the Rust tokenizers library; engine/training/make_golden.py writes them. */
const golden: {
  texts: { text: string; ids: number[] }[];
  chat: { messages: ChatMessage[]; assistantPrefix: string; ids: number[] };
} = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/golden.json'), 'utf8'));

const END_TOKENS = ['<|im_end|>', '<|endoftext|>'];
const SPECIAL = ['<|im_start|>', ...END_TOKENS];

let tokenizer: ModelTokenizer;
beforeAll(async () => {
  tokenizer = await loadTokenizer(join(import.meta.dirname, '../../assets/model/tokenizer.json'), END_TOKENS);
});

/** What SmolLM2's vocabulary has no bytes for: six control characters and planes 4 to 11. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the point here.
const UNSPELLABLE = /[\x04\x06\x13\x14\x16\x1d\u{40000}-\u{bffff}]/gu;

/** Any text that UTF-8 can hold, often with the special tokens' characters inside. */
const anyText = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...SPECIAL)),
  )
  .map((parts) => parts.join(''));

describe('tokenizer', () => {
  it.each(golden.texts.map(({ text, ids }) => [JSON.stringify(text), text, ids] as const))(
    'encodes %s as the Rust library does',
    (_, text, ids) => {
      expect(tokenizer.encode(text)).toEqual(ids);
    },
  );

  it('gives back any Unicode text, with U+FFFD for what the vocabulary cannot spell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text.replace(UNSPELLABLE, '\ufffd'));
      }),
    );
  });

  it('never makes a special token out of text', () => {
    const specialIds = new Set(SPECIAL.map((token) => tokenizer.specialId(token)));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.encode(text).some((id) => specialIds.has(id))).toBe(false);
      }),
    );
  });

  it('reads a lone surrogate as U+FFFD', () => {
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
  });

  it('gives special tokens no text, and knows which end a generation', () => {
    expect(tokenizer.decode([tokenizer.specialId('<|im_start|>'), ...tokenizer.encode('hi')])).toBe('hi');
    expect(tokenizer.endIds).toEqual(END_TOKENS.map((token) => tokenizer.specialId(token)));
    expect(() => tokenizer.specialId('<|nothing|>')).toThrow('no special token');
  });

  it('shows special tokens apart from text that only looks like them', () => {
    const special = tokenizer.specialId('<|im_start|>');
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = tokenizer.shown([special, ...tokenizer.encode(text), special]);
        expect(parts.filter((part) => part.special)).toHaveLength(2);
        expect(parts.map((part) => part.text).join('')).toBe(
          `<|im_start|>${text.replace(UNSPELLABLE, '\ufffd')}<|im_start|>`,
        );
      }),
    );
  });

  it('counts what it encodes', () => {
    expect(tokenizer.count('port 8080')).toBe(tokenizer.encode('port 8080').length);
    expect(tokenizer.count('')).toBe(0);
  });
});

describe('StreamDecoder', () => {
  it('gives the same text as decoding all ids at once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const decoder = new StreamDecoder(tokenizer);
        const pieces = tokenizer.encode(text).map((id) => decoder.push(id));
        expect(pieces.join('')).toBe(text.replace(UNSPELLABLE, '\ufffd'));
      }),
    );
  });

  it('holds a character back until all its bytes are there', () => {
    const ids = tokenizer.encode('🦔');
    expect(ids.length).toBeGreaterThan(1);
    const decoder = new StreamDecoder(tokenizer);
    expect(ids.map((id) => decoder.push(id))).toEqual([...ids.slice(1).map(() => ''), '🦔']);
  });
});

describe('renderChat', () => {
  it('is the ChatML that the model was trained with, content as data', () => {
    const { messages, assistantPrefix, ids } = golden.chat;
    expect(renderChat(tokenizer, messages, { assistantPrefix })).toEqual(ids);
  });

  it('opens no turn for the assistant unless asked', () => {
    const ids = renderChat(tokenizer, [{ role: 'user', content: 'hi' }]);
    const open = renderChat(tokenizer, [{ role: 'user', content: 'hi' }], { addGenerationPrompt: true });
    expect(tokenizer.decode(ids)).toBe('user\nhi\n');
    expect(tokenizer.decode(open)).toBe('user\nhi\nassistant\n');
  });
});
