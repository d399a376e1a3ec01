import type { ChatMessage } from '../../tokenizer/chat-template';

/** One example as make_tokens.py reads it: the prompt exactly as the app renders it, and what should be answered. */
export interface Task {
  readonly set: 'commands' | 'diagnosis' | 'chat';
  /** 'held': counted while training, never learnt. */
  readonly split: 'teach' | 'held';
  readonly messages: readonly ChatMessage[];
  readonly answer: string;
}
