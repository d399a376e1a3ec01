/** What a reader found in code of another language. */
export type CodeFinding =
  | { readonly kind: 'note'; readonly level: 'changes' | 'destructive'; readonly why: string }
  | { readonly kind: 'shell'; readonly code: string }
  | { readonly kind: 'unseen'; readonly why: string };

const READS =
  /^(?:SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|WITH|VALUES|TABLE|USE|BEGIN|COMMIT|ROLLBACK|START|END|ABORT|HELP|STATUS|PRAGMA|SET|LIST|LISTEN|FETCH|DECLARE|CLOSE|CHECK|CHECKSUM|EXIT|QUIT|SAVEPOINT|RELEASE|ANALYZE|ANALYSE|NOTIFY|DISCARD|PRINT|GO|SUMMARIZE|EXISTS|CONSISTENCY|TRACING)\b/i;
const CHANGES =
  /^(?:INSERT|CREATE|ALTER|GRANT|REVOKE|COMMENT|REINDEX|VACUUM|OPTIMIZE|CLUSTER|REFRESH|LOAD|IMPORT|ATTACH|DETACH|INSTALL|LOCK|UNLOCK|RENAME|CHECKPOINT|FLUSH|SYSTEM|REPAIR|CHANGE|STOP|UPSERT|EXPORT|BACKUP|SECURITY|REASSIGN|CACHE|MSCK)\b/i;
const DESTROYS =
  /^(?:DROP|TRUNCATE|DELETE|UPDATE|REPLACE|MERGE|KILL|PURGE|RESET|SHUTDOWN|RESTORE|RESTART|UNDROP|WIPE)\b/i;
/** Functions that act although they stand in a SELECT. */
const ACTING =
  /\b(pg_terminate_backend|pg_cancel_backend|pg_drop_replication_slot|pg_stat_reset\w*|lo_unlink|lo_export|lo_import|pg_promote|pg_wal_replay_pause|dblink_exec|dblink|xp_cmdshell|sys_exec|sys_eval|load_extension|writefile|edit|pg_file_write|pg_file_unlink|query_to_xml|remove_retention_policy|drop_chunks|setval)\s*\(/i;

/** SQL text, statement by statement. `client` names the program, whose own commands (\! and .shell) are read as well. */
export function readSql(text: string, client: string): CodeFinding[] {
  const findings: CodeFinding[] = [];
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const own = ownCommand(line.trim(), client);
    if (own) findings.push(...own);
    else lines.push(line);
  }
  for (const statement of statements(lines.join('\n'))) findings.push(...readStatement(statement, client));
  return findings;
}

function readStatement({ bare, whole }: { bare: string; whole: string }, client: string): CodeFinding[] {
  const text = bare.trim().replace(/^\(+\s*/, '');
  if (text === '') return [];
  const own = ownCommand(whole.trim(), client);
  if (own) return own;
  const [verb = ''] = /^[A-Za-z]+/.exec(text) ?? [];
  const name = verb.toUpperCase();
  const note = (level: 'changes' | 'destructive', why: string): CodeFinding[] => [
    { kind: 'note', level, why },
  ];
  if (/\\(?:gexec|!)/.test(bare))
    return [{ kind: 'unseen', why: `${client} runs the result of a query as commands.` }];
  if (/^COPY\b/i.test(text)) return readCopy(text, whole);
  const acting = ACTING.exec(text);
  if (acting) return note('destructive', `The SQL function ${acting[1]} acts on the server.`);
  if (DESTROYS.test(text))
    return note('destructive', `The SQL statement ${name} removes or overwrites data.`);
  if (/^ALTER\b/i.test(text) && /\b(?:DROP|TRUNCATE|DELETE|PURGE)\b/i.test(text))
    return note('destructive', 'The SQL statement ALTER ... DROP removes a part of a table.');
  if (/^INSERT\s+OVERWRITE\b/i.test(text)) return note('destructive', 'INSERT OVERWRITE replaces data.');
  if (CHANGES.test(text)) return note('changes', `The SQL statement ${name} changes the database.`);
  if (/^SET\s+(?:GLOBAL|PERSIST|@@GLOBAL)/i.test(text))
    return note('changes', 'SET GLOBAL changes a setting of the server.');
  if (/^SET\s+PASSWORD/i.test(text)) return note('destructive', 'SET PASSWORD replaces a password.');
  if (/^PRAGMA\b/i.test(text) && /=/.test(text))
    return note('changes', 'PRAGMA sets a property of the database.');
  if (READS.test(text)) {
    const runs = /^(?:WITH|EXPLAIN\s*(?:\([^)]*\banalyze\b|ANALYZE))/i.test(text);
    const inner = runs
      ? /(?<!FOR\s)(?<!FOR NO KEY\s)\b(DELETE|UPDATE|INSERT|MERGE|TRUNCATE|DROP)\b(?!\s*\()/i.exec(text)
      : null;
    if (inner)
      return note('destructive', `The SQL statement ${name} carries out ${inner[1]?.toUpperCase()}.`);
    if (/\bINTO\s+(?:OUTFILE|DUMPFILE)\b/i.test(text))
      return note('changes', 'The query writes a file on the server.');
    if (/^SELECT\b/i.test(text) && /\bINTO\s+(?!@|STRICT)/i.test(text))
      return note('changes', 'SELECT INTO creates a table.');
    return [];
  }
  return [
    {
      kind: 'unseen',
      why: `The SQL statement ${name || text.slice(0, 20)} runs code that is not read here.`,
    },
  ];
}

function readCopy(text: string, whole: string): CodeFinding[] {
  const program = /\bPROGRAM\s+'((?:[^']|'')*)'/i.exec(whole);
  if (program) return [{ kind: 'shell', code: (program[1] ?? '').replaceAll("''", "'") }];
  if (/\bTO\s+STDOUT\b/i.test(text)) return [];
  if (/\bTO\b/i.test(text))
    return [{ kind: 'note', level: 'destructive', why: 'COPY ... TO overwrites a file of the server.' }];
  return [{ kind: 'note', level: 'changes', why: 'COPY ... FROM adds rows to a table.' }];
}

/** Commands of the client itself; null when the line is SQL. */
function ownCommand(line: string, client: string): CodeFinding[] | null {
  const shell = /^(?:\\!|(?:system|\.shell|\.system|!)\s)\s*(.*)$/is.exec(line);
  if (shell) return [{ kind: 'shell', code: (shell[1] ?? '').replace(/;$/, '') }];
  if (
    /^\\[dlxcztqfaChps?]|^\\(?:timing|conninfo|echo|pset|encoding|watch)/.test(line) &&
    !/^\\(?:copy|c?opy)/.test(line)
  )
    return /\\(?:gexec|!|i\b|ir\b|o\b)/.test(line.slice(1))
      ? [{ kind: 'unseen', why: `${client} runs ${line}.` }]
      : [];
  if (/^\\copy\b/i.test(line)) {
    const program = /\bprogram\s+'([^']*)'/i.exec(line);
    if (program) return [{ kind: 'shell', code: program[1] ?? '' }];
    if (/\bto\s+(?:stdout|pstdout)\b/i.test(line)) return [];
    return [
      /\bto\b/i.test(line)
        ? { kind: 'note', level: 'destructive', why: '\\copy ... to overwrites a file.' }
        : { kind: 'note', level: 'changes', why: '\\copy adds rows to a table.' },
    ];
  }
  if (/^(?:\\(?:i|ir|include|\.)\s|source\s|\.read\s)/i.test(line))
    return [{ kind: 'unseen', why: `${client} runs a file of statements that was not seen.` }];
  if (/^(?:\\(?:o|w|g|T)\s|\.(?:output|once|save|backup|clone|log)\s|tee\s)/i.test(line))
    return [{ kind: 'note', level: 'destructive', why: `${client} writes over a file.` }];
  if (/^\.restore\s/i.test(line))
    return [{ kind: 'note', level: 'destructive', why: '.restore replaces the database.' }];
  if (/^\.(?:import|open|load)\b/i.test(line))
    return [{ kind: 'note', level: 'changes', why: `${client} changes the database.` }];
  if (/^\.[a-z]/i.test(line)) return [];
  return /^\\/.test(line) ? [{ kind: 'unseen', why: `${client} runs ${line.slice(0, 20)}.` }] : null;
}

/** Statements with comments gone and strings emptied; `whole` keeps the strings. */
function statements(text: string): { bare: string; whole: string }[] {
  const result: { bare: string; whole: string }[] = [];
  let bare = '';
  let from = 0;
  let at = 0;
  const cut = (to: number) => {
    result.push({ bare, whole: text.slice(from, to) });
    bare = '';
    from = to + 1;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    // What MySQL executes although it looks like a comment.
    const executable = /^\/\*[!+M]\d*/.exec(rest);
    const comment = executable ? null : /^(?:--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest);
    const string = /^(?:'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$[\s\S]*?\$\1\$)/.exec(rest);
    if (executable) at += executable[0].length;
    else if (comment) at += comment[0].length;
    else if (string) {
      bare += " '' ";
      at += string[0].length;
    } else if (text[at] === ';') {
      cut(at);
      at += 1;
    } else {
      bare += rest.startsWith('*/') ? ' ' : text[at];
      at += rest.startsWith('*/') ? 2 : 1;
    }
  }
  cut(text.length);
  return result;
}
