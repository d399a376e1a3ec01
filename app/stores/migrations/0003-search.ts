import type { Migration } from './migration';

export const search: Migration = {
  name: 'full-text search over titles, messages, commands and findings of logs',
  sql: `
    -- What the diagnosis of a log found; the log itself is kept elsewhere.
    CREATE TABLE log_finding (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document TEXT NOT NULL,
      name TEXT NOT NULL,
      claim TEXT NOT NULL,
      -- The first line that bears it out.
      line INTEGER,
      line_text TEXT,
      found_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX log_finding_by_document ON log_finding (document);

    -- One row for each text that can be found. Triggers keep it, so that no way of writing can forget to.
    CREATE TABLE search_entry (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('title', 'message', 'command', 'finding')),
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
      message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
      finding_id INTEGER REFERENCES log_finding (id) ON DELETE CASCADE,
      text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX search_entry_by_conversation ON search_entry (conversation_id);
    CREATE INDEX search_entry_by_message ON search_entry (message_id);
    CREATE INDEX search_entry_by_finding ON search_entry (finding_id);

    CREATE VIRTUAL TABLE search_index USING fts5 (
      text, content = 'search_entry', content_rowid = 'id',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
    -- Not with the option 'secure-delete': with it SQLite 3.45 writes an index that its own check calls malformed. Words of
    -- what is deleted for good leave when the index is built anew (deletion.ts).

    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
      INSERT INTO search_index (rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
      INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', old.id, old.text);
    END;

    CREATE TRIGGER title_added AFTER INSERT ON conversation BEGIN
      INSERT INTO search_entry (kind, conversation_id, text) VALUES ('title', new.id, new.title);
    END;
    CREATE TRIGGER title_changed AFTER UPDATE OF title ON conversation WHEN new.title <> old.title BEGIN
      DELETE FROM search_entry WHERE conversation_id = new.id AND kind = 'title';
      INSERT INTO search_entry (kind, conversation_id, text) VALUES ('title', new.id, new.title);
    END;

    -- An answer is found once it is written; the parts of it that are saved meanwhile are not indexed each time.
    CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN
      INSERT INTO search_entry (kind, message_id, text) VALUES ('message', new.id, new.content);
    END;
    CREATE TRIGGER message_changed AFTER UPDATE OF content, commands, state ON message WHEN new.state <> 'streaming' BEGIN
      DELETE FROM search_entry WHERE message_id = new.id;
      INSERT INTO search_entry (kind, message_id, text)
        SELECT 'message', new.id, new.content WHERE new.content <> '';
      INSERT INTO search_entry (kind, message_id, text)
        SELECT 'command', new.id, value ->> '$.command' || char(10) || coalesce(value ->> '$.why', '')
        FROM json_each(CASE WHEN json_valid(new.commands) THEN new.commands ELSE '[]' END)
        WHERE type = 'object' AND value ->> '$.command' IS NOT NULL;
    END;

    CREATE TRIGGER finding_added AFTER INSERT ON log_finding BEGIN
      INSERT INTO search_entry (kind, finding_id, text)
      VALUES ('finding', new.id, new.claim || char(10) || coalesce(new.line_text, ''));
    END;

    -- What is there already.
    INSERT INTO search_entry (kind, conversation_id, text) SELECT 'title', id, title FROM conversation;
    UPDATE message SET state = state WHERE state <> 'streaming';
  `,
};
