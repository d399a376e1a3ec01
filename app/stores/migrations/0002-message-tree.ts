import type { Migration } from './migration';

export const messageTree: Migration = {
  name: 'messages as a tree, what the model saw, pins, folders, deletion that can be undone',
  sql: `
    -- A question follows an answer, an answer its question. Siblings are versions of one message: an edited question,
    -- an answer written again. No ON DELETE CASCADE here: SQLite stops cascades after 1,000 steps, and a branch may be
    -- longer; messages are deleted with all that follows them in one statement.
    ALTER TABLE message ADD COLUMN parent_id INTEGER REFERENCES message (id);
    -- Among siblings the one with the highest number is shown.
    ALTER TABLE message ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0;
    -- Of a question: how it was asked, and what went along (JSON of ContextItem), so that it can be asked again.
    ALTER TABLE message ADD COLUMN wish TEXT NOT NULL DEFAULT 'ask' CHECK (wish IN ('ask', 'suggest', 'check'));
    ALTER TABLE message ADD COLUMN context TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE message ADD COLUMN cwd TEXT;
    -- Of an answer: JSON of AnswerStats, and of what the model was given.
    ALTER TABLE message ADD COLUMN stats TEXT;
    ALTER TABLE message ADD COLUMN model_input TEXT;
    -- Messages that were deleted together share one number; null: not deleted.
    ALTER TABLE message ADD COLUMN deletion INTEGER;
    ALTER TABLE message ADD COLUMN deleted_at TEXT;

    UPDATE message SET parent_id = (
      SELECT max(earlier.id) FROM message AS earlier
      WHERE earlier.conversation_id = message.conversation_id AND earlier.id < message.id
    );
    CREATE INDEX message_by_parent ON message (parent_id);

    ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
    -- The name of a project or host; null: in none.
    ALTER TABLE conversation ADD COLUMN folder TEXT;
    ALTER TABLE conversation ADD COLUMN deleted_at TEXT;
  `,
};
