import { z } from 'zod';
import {
  AssistantEvent,
  CommandSuggestion,
  ContextItem,
  Diagnosis,
  engineService,
  ModelInput,
} from '../../engine/contract/assistant';
import {
  ATTACHMENTS,
  CLIPBOARD_LENGTH,
  COMMAND_LENGTH,
  FILES_PER_LOG,
  PATH_LENGTH,
  QUESTION_LENGTH,
  REQUEST_LENGTH,
  SEARCH_LENGTH,
} from '../../engine/contract/limits';
import { DocumentId, logsService } from '../../engine/contract/logs';
import type { ServiceContract } from '../../engine/contract/rpc';
import { GenerationStats, ModelInfo } from '../../engine/contract/runtime';
import { MenuGroup } from './menu';
import {
  OpenedTerminal,
  OpenTerminal,
  Profile,
  SNAPSHOT_LIMIT,
  SnapshotKey,
  TerminalId,
  terminalCalls,
} from './pty';
import { Settings, SettingsChange } from './settings';

export { ContextItem, ModelInput };
export const ConversationId = z.number().int().positive();
export const MessageId = z.number().int().positive();

/** 'ask' wants an answer in words, 'suggest' a command, 'check' gives one to be rated without the model. */
export const Wish = z.enum(['ask', 'suggest', 'check']);
export type Wish = z.infer<typeof Wish>;

/** Of one answer, measured while it was written. */
export const AnswerStats = GenerationStats.extend({
  /** Tokens that fit into the model's context. */
  contextLength: z.number().int(),
  /** From the question to the first piece of the answer; null where it came at once, as a card does. */
  firstTokenMs: z.number().nullable(),
  /** Oldest messages that did not fit into the model's context. */
  turnsLeftOut: z.number().int(),
});
export type AnswerStats = z.infer<typeof AnswerStats>;

export const Message = z.object({
  id: MessageId,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  /** 'partial': stopped, or cut off by a crash. 'failed': `error` says why. */
  state: z.enum(['complete', 'partial', 'failed']),
  error: z.string().nullable(),
  /** Commands on cards below this message. */
  commands: z.array(CommandSuggestion),
  /** Of a question: how it was asked, and what went along with it. */
  wish: Wish,
  context: z.array(ContextItem.pick({ kind: true, label: true })),
  /** Of an answer of the model; null where it took no part. */
  stats: AnswerStats.nullable(),
  /** `chat.modelInput` has what the model was given for it. */
  hasModelInput: z.boolean(),
  /** Ids of all versions of this message, itself among them, oldest first. */
  versions: z.array(MessageId),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof Message>;

export const Conversation = z.object({
  id: ConversationId,
  title: z.string(),
  updatedAt: z.iso.datetime(),
  pinned: z.boolean(),
  /** Name of the project or host that it was filed under; null: none. */
  folder: z.string().nullable(),
  /** Set where it was deleted and can still be restored. */
  deletedAt: z.iso.datetime().nullable(),
});
export type Conversation = z.infer<typeof Conversation>;

/** Pieces of a text, those that matched told apart. */
const Excerpt = z.array(z.object({ text: z.string(), hit: z.boolean() }));
const ChatResult = z.object({
  conversation: ConversationId,
  title: z.string(),
  /** Null where the title matched. */
  message: MessageId.nullable(),
  excerpt: Excerpt,
  at: z.iso.datetime(),
});
export type ChatResult = z.infer<typeof ChatResult>;
const FindingResult = z.object({
  document: DocumentId,
  name: z.string(),
  line: z.number().int().nullable(),
  excerpt: Excerpt,
  at: z.iso.datetime(),
});
export type FindingResult = z.infer<typeof FindingResult>;
/** What a search found, the best first in each group. */
export const SearchResults = z.object({
  chats: z.array(ChatResult),
  commands: z.array(ChatResult),
  findings: z.array(FindingResult),
});
export type SearchResults = z.infer<typeof SearchResults>;

/** State of the engine process as the status bar shows it. */
export const EngineStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('loading'), done: z.number(), total: z.number() }),
  z.object({
    state: z.literal('ready'),
    model: ModelInfo,
    busy: z.boolean(),
    /** Of the last generation, measured; null before the first. */
    last: GenerationStats.nullable(),
  }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type EngineStatus = z.infer<typeof EngineStatus>;

/** What is known of this machine's programs, as the status bar shows it. */
export const KnowledgeStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('gathering'), done: z.number(), total: z.number(), what: z.string() }),
  z.object({ state: z.literal('ready'), documents: z.number().int(), missing: z.array(z.string()) }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type KnowledgeStatus = z.infer<typeof KnowledgeStatus>;

/** What a request may say of the place where it is made; the window shows it before it is sent. */
export const Surroundings = z.object({
  system: ContextItem,
  /** The terminal's folder; null where it is not known. */
  folder: z.object({ cwd: z.string(), item: ContextItem }).nullable(),
});
export type Surroundings = z.infer<typeof Surroundings>;
/** The branch that is shown, first message first. */
const Messages = z.object({ messages: z.array(Message) });
const Cwd = z.string().max(PATH_LENGTH).nullable().default(null);
const Context = z.array(ContextItem).max(ATTACHMENTS).default([]);

/** The source of a command that the person typed, on the card of its check. */
export const TYPED = 'typed';

export const AppInfo = z.object({
  version: z.string(),
  electron: z.string(),
  platform: z.string(),
});
export type AppInfo = z.infer<typeof AppInfo>;

/** Something that happened by itself: a process was restarted, a damaged file was kept aside. */
export const Notice = z.object({
  id: z.number().int(),
  level: z.enum(['info', 'warning']),
  text: z.string(),
});
export type Notice = z.infer<typeof Notice>;

/** A file that may be opened as a log. */
export const LogFile = z.object({
  path: z.string(),
  name: z.string(),
  /** Names of files beside it that look like earlier parts of the same log, such as `x.log.1` of `x.log`. */
  rotated: z.array(z.string()),
});
export type LogFile = z.infer<typeof LogFile>;

/** Methods of a service under names such as 'logs.open'. */
type Prefixed<Area extends string, S> = { readonly [K in keyof S & string as `${Area}.${K}`]: S[K] };

function prefixed<Area extends string, S extends ServiceContract>(area: Area, service: S): Prefixed<Area, S> {
  const named = Object.entries(service).map(([name, method]) => [`${area}.${name}`, method]);
  // The names are built at run time; the type says the same of them.
  return Object.fromEntries(named) as Prefixed<Area, S>;
}

/**
 * All that a window can ask of the main process: the only list. `terminal.open` also transfers a
 * message port of that terminal (see app/contract/pty.ts), announced by `PORT_MESSAGE`.
 */
export const windowApi = {
  'app.info': { params: z.object({}), result: AppInfo },
  /** Streams the engine's state until cancelled; the first event comes at once. */
  'engine.watch': { params: z.object({}), event: EngineStatus, result: z.null() },
  /** Streams what the person should know and did not ask for, until cancelled; unseen notices come first. */
  'app.notices': { params: z.object({}), event: Notice, result: z.null() },
  /** Streams what someone outside the window (command line, desktop) wants opened, until cancelled. */
  'app.openRequests': {
    params: z.object({}),
    event: z.object({ files: z.array(LogFile), follow: z.boolean() }),
    result: z.null(),
  },
  /** Streams what is known of this machine's programs until cancelled; the first event comes at once. */
  'engine.watchKnowledge': { params: z.object({}), event: KnowledgeStatus, result: z.null() },
  'engine.restart': { params: z.object({}), result: z.null() },
  /** Asks for a model folder with the system's dialog, or takes the shipped one, and loads it. */
  'engine.chooseModel': { params: z.object({ shipped: z.boolean() }), result: Settings },

  'settings.get': { params: z.object({}), result: Settings },
  /** Streams the settings until cancelled; the first event comes at once. */
  'settings.watch': { params: z.object({}), event: Settings, result: z.null() },
  /** Changes some of them. The model is chosen with `engine.chooseModel`. */
  'settings.set': { params: SettingsChange.omit({ model: true }), result: Settings },

  /** What the application menu shows besides its own; replaces what it showed before. */
  'menu.show': { params: z.object({ groups: z.array(MenuGroup).max(20) }), result: z.null() },
  /** Streams ids of items that are chosen in the application menu, until cancelled. */
  'menu.watch': { params: z.object({}), event: z.object({ id: z.string() }), result: z.null() },

  /** Those that were deleted and can be restored are among them. */
  'chat.list': { params: z.object({}), result: z.array(Conversation) },
  'chat.create': { params: z.object({}), result: Conversation },
  'chat.change': {
    params: z.object({
      id: ConversationId,
      title: z.string().trim().min(1).max(200).optional(),
      pinned: z.boolean().optional(),
      folder: z.string().trim().min(1).max(100).nullable().optional(),
    }),
    result: Conversation,
  },
  /** Can be undone with `chat.restore`, for 30 days. */
  'chat.delete': { params: z.object({ id: ConversationId }), result: z.null() },
  'chat.restore': { params: z.object({ id: ConversationId }), result: z.null() },
  /** Leaves nothing of it on the disk. */
  'chat.deleteForGood': { params: z.object({ id: ConversationId }), result: z.null() },

  /** Asks for a place with the system's dialog; secrets are masked. Null: closed without a choice. */
  'chat.export': {
    params: z.object({ id: ConversationId, format: z.enum(['markdown', 'json']) }),
    result: z.object({ path: z.string(), masked: z.number().int() }).nullable(),
  },
  /** Full text of chats, commands and findings of logs. Words are beginnings; "in quotes" is exact. */
  'search.find': { params: z.object({ query: z.string().max(SEARCH_LENGTH) }), result: SearchResults },

  'chat.messages': { params: z.object({ id: ConversationId }), result: Messages },
  /** Shows the branch on which this message is. */
  'chat.show': {
    params: z.object({ message: MessageId }),
    result: Messages.extend({ conversation: ConversationId }),
  },
  /** Deletes a message and all that follows it, on every branch; `chat.restoreBranch` undoes it. */
  'chat.deleteBranch': {
    params: z.object({ message: MessageId }),
    result: Messages.extend({ deletion: z.number().int() }),
  },
  'chat.restoreBranch': {
    /** `deletion` null: the latest one in this conversation. */
    params: z.object({ id: ConversationId, deletion: z.number().int().nullable() }),
    result: Messages,
  },
  /** Exactly what the model was given for an answer; null where there is no record. */
  'chat.modelInput': { params: z.object({ message: MessageId }), result: ModelInput.nullable() },
  /** Stores the question, streams the answer, stores it. Cancelling keeps the part that came. */
  'chat.send': {
    params: z.object({
      id: ConversationId,
      text: z.string().trim().min(1).max(QUESTION_LENGTH),
      context: Context,
    }),
    event: AssistantEvent,
    result: Messages,
  },
  /** The same for a request that wants a command: the answer is a message with command cards. */
  'chat.suggest': {
    params: z.object({
      id: ConversationId,
      text: z.string().trim().min(1).max(REQUEST_LENGTH),
      context: Context,
      cwd: Cwd,
    }),
    event: AssistantEvent,
    result: Messages,
  },
  /** Checks a command that the person typed, without the model: the answer is its card. */
  'chat.check': {
    params: z.object({
      id: ConversationId,
      text: z.string().trim().min(1).max(COMMAND_LENGTH),
      cwd: Cwd,
    }),
    result: Messages,
  },
  /** Asks an edited question in the place of another, with what went along then; both are kept. */
  'chat.edit': {
    params: z.object({
      id: ConversationId,
      question: MessageId,
      text: z.string().trim().min(1).max(QUESTION_LENGTH),
    }),
    event: AssistantEvent,
    result: Messages,
  },
  /** Answers a question once more, with what went along then; the earlier answers are kept. */
  'chat.regenerate': {
    params: z.object({ id: ConversationId, question: MessageId }),
    event: AssistantEvent,
    result: Messages,
  },

  /** Checks a command on a card, again after each edit. Needs no model. */
  'command.check': engineService.check,
  'context.tokens': engineService.countTokens,
  /** Commands for a request, outside any conversation; nothing is stored. */
  'command.suggest': {
    params: engineService.suggest.params,
    event: AssistantEvent,
    result: z.object({ candidates: z.array(CommandSuggestion) }),
  },
  'context.here': { params: z.object({ terminal: TerminalId.nullable() }), result: Surroundings },

  /** Shows the system's file dialog; empty when it was closed without a choice. */
  'logs.choose': { params: z.object({}), result: z.array(LogFile) },
  /** What is known of files that may be opened; says nothing of whether they can be read. */
  'logs.inspect': {
    params: z.object({ paths: z.array(z.string().max(PATH_LENGTH)).max(FILES_PER_LOG) }),
    result: z.array(LogFile),
  },
  ...prefixed('logs', logsService),
  'logs.diagnose': {
    params: z.object({ id: DocumentId, question: z.string().trim().max(REQUEST_LENGTH).optional() }),
    event: AssistantEvent,
    result: Diagnosis,
  },

  /** Opens a terminal; its port comes by `PORT_MESSAGE`. Again after its end: a restart in place. */
  'terminal.open': { params: OpenTerminal, result: OpenedTerminal },
  'terminal.close': { params: z.object({ id: TerminalId }), result: z.null() },
  /** `terminal.insert` is the only way from a suggestion to a shell. Never sends a line end. */
  ...prefixed('terminal', terminalCalls),
  'terminal.profiles': { params: z.object({}), result: z.array(Profile) },
  /**
   * Keeps a pane's scrollback, as xterm's serialize addon writes it (`excludeModes`, `excludeAltBuffer`);
   * empty text forgets it.
   */
  'terminal.keep': {
    params: z.object({ key: SnapshotKey, text: z.string().max(4 * SNAPSHOT_LIMIT) }),
    result: z.null(),
  },
  /** What was kept, ready to be written to xterm: text, colours and movements, nothing that asks for an answer. */
  'terminal.kept': { params: z.object({ key: SnapshotKey }), result: z.object({ text: z.string() }) },

  'clipboard.write': { params: z.object({ text: z.string().max(CLIPBOARD_LENGTH) }), result: z.null() },
  'clipboard.read': { params: z.object({}), result: z.object({ text: z.string() }) },
} as const satisfies ServiceContract;
export type WindowApi = typeof windowApi;

export { PORT_CHANNEL, PORT_MESSAGE, type PreloadBridge, RPC_CHANNEL } from './channels';
