import type { Placeholder } from '../contract/commands';
import type { Script, Statement, Word } from './parse/syntax';
import { eachStatement } from './unwrap/each-statement';

/** Words in capitals that mean what they say. */
const NOT_VALUES = new Set(
  (
    'SELECT FROM WHERE AND OR NOT NULL INSERT INTO VALUES UPDATE SET DELETE DROP TABLE DATABASE CREATE ALTER INDEX JOIN LEFT RIGHT INNER OUTER ' +
    'ON AS BY ORDER GROUP HAVING LIMIT OFFSET UNION ALL DISTINCT COUNT SUM AVG MIN MAX ASC DESC LIKE IN IS BETWEEN EXISTS SHOW DESCRIBE EXPLAIN ' +
    'ANALYZE GRANT REVOKE TRUNCATE BEGIN END COMMIT ROLLBACK VACUUM COPY TO USE STATUS PROCESSLIST VARIABLES DATABASES TABLES ' +
    'HUP INT QUIT KILL TERM USR1 USR2 STOP CONT TSTP ALRM PIPE CHLD WINCH ABRT SEGV ILL TRAP BUS FPE IO PWR SYS URG XCPU XFSZ EXIT ERR DEBUG RETURN ' +
    'GET HEAD POST PUT PATCH OPTIONS TRACE CONNECT ' +
    'INPUT OUTPUT FORWARD PREROUTING POSTROUTING ACCEPT REJECT LOG MASQUERADE SNAT DNAT NAT NEW ESTABLISHED RELATED INVALID LISTEN LISTENING ' +
    'ESTAB TIME-WAIT TIME_WAIT CLOSE_WAIT SYN SYN_SENT ACK FIN RST UDP TCP ICMP ANY MX AAAA NS TXT SOA CNAME PTR SRV CAA DS DNSKEY AXFR ' +
    'ERROR WARN WARNING INFO FATAL CRITICAL NOTICE ALERT EMERG PANIC OOM FAILED FAILURE OK TRUE FALSE YES NO NONE AUTO PAM UTC GMT EST CET ' +
    'JSON YAML CSV TEXT XML HTML TABLE WIDE UTF-8 UTF8 ASCII ISO NR NF FS OFS RS ORS FNR FILENAME ENVIRON STDIN STDOUT STDERR EOF EOT ' +
    'PING INFO KEYS FLUSHALL FLUSHDB CONFIG MONITOR SLOWLOG CLIENT DBSIZE ' +
    'HEAD MERGE_HEAD FETCH_HEAD ORIG_HEAD README LICENSE MAKEFILE Dockerfile SHA256SUMS SHA512SUMS SHA1SUMS MD5SUMS CHANGELOG TODO NOTICE COPYING VERSION ' +
    'NVME SATA SSD HDD RAID EXT4 XFS BTRFS GPU CPU RAM UUID PID PPID UID GID TTY CMD COMMAND COMM ARGS USER STAT TIME VSZ RSS PCPU PMEM MEM NI PRI ELAPSED ' +
    'NAME SIZE TYPE FSTYPE MOUNTPOINT MOUNTPOINTS MODEL SERIAL ROTA LABEL STATE TRAN VENDOR ECC MEMORY UTILIZATION TEMPERATURE POWER CLOCK COMPUTE PIDS ' +
    'PERFORMANCE DISPLAY XID NCCL RCCL UCX OMPI CUDA ROCM HIP DOWN UP DRAIN IDLE RESUME ALLOCATED MIXED RUNNING PENDING'
  ).split(' '),
);

const PLACEHOLDER = /^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$/;
/** A single capital is more often an option's letter or a unit than a value. */
const SHORTEST = 2;

/** A whole word that stands for a value, such as POD_NAME or FILE. */
export function isPlaceholder(word: string): boolean {
  return word.length >= SHORTEST && PLACEHOLDER.test(word) && !NOT_VALUES.has(word);
}

/** Words that consist of values' names and delimiters: `USER@HOST:/PATH`, `--name=POD_NAME`, `NAMESPACE/POD`. */
export function findPlaceholders(script: Script): Placeholder[] {
  const found: Placeholder[] = [];
  eachStatement(script, (statement) => {
    for (const word of wordsOf(statement)) found.push(...inWord(word, statement));
  });
  return found.sort((a, b) => a.start - b.start);
}

function wordsOf(statement: Statement): readonly Word[] {
  const targets = statement.redirects.flatMap(({ target }) => (target ? [target] : []));
  if (statement.kind === 'command') {
    const values = statement.assignments.flatMap(({ value }) => (value ? [value] : []));
    return [...statement.words, ...values, ...targets];
  }
  return statement.kind === 'for' ? [...statement.values, ...targets] : targets;
}

/** Programs of which a quoted argument is code or a pattern, in which capitals are its own words. */
const CODE_TAKERS =
  /^(?:awk|gawk|mawk|sed|perl|python\d?|ruby|node|psql|mysql|mariadb|sqlite3|jq|grep|egrep|rg|ag|redis-cli|mongosh|clickhouse-client|printf|echo|date|cqlsh|duckdb)$/;

function inWord(word: Word, statement: Statement): Placeholder[] {
  const program =
    statement.kind === 'command'
      ? (statement.words.find(({ literal }) => literal !== 'sudo')?.literal ?? '')
      : '';
  const result: Placeholder[] = [];
  for (const part of word.parts) {
    if (part.kind !== 'literal') continue;
    const raw = word.text.slice(part.start - word.start, part.end - word.start);
    // In quotes with blanks it is a sentence or code.
    if (part.quoted && /\s/.test(part.value) && CODE_TAKERS.test(program)) continue;
    for (const match of raw.matchAll(/[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*/g)) {
      const [name] = match;
      const before = raw[match.index - 1] ?? edge(word, part.start, -1);
      const after = raw[match.index + name.length] ?? edge(word, part.end, 0);
      if (!isPlaceholder(name) || !isDelimited(before, after, part.quoted)) continue;
      // `PATH=...`, `-DNAME=x`: the name of a variable or setting.
      if (after === '=' || before === '%') continue;
      const start = part.start + match.index;
      result.push({ name, start, end: start + name.length });
    }
  }
  return result;
}

/** The character beside a part of a word; '' at the word's own edge. */
function edge(word: Word, at: number, step: -1 | 0): string {
  const index = at - word.start + step;
  const inside = index >= 0 && index < word.text.length;
  return inside ? (word.text[index] ?? '') : '';
}

function isDelimited(before: string, after: string, quoted: boolean): boolean {
  const left = /^(?:|[@:/=,.+"'])$/.test(before) || (quoted && /\s/.test(before));
  const right = /^(?:|[@:/=,.+"'])$/.test(after) || (quoted && /[\s;]/.test(after));
  return left && right;
}
