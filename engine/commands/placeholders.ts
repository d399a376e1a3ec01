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
    'PERFORMANCE DISPLAY XID NCCL RCCL UCX OMPI CUDA ROCM HIP DOWN UP DRAIN IDLE RESUME ALLOCATED MIXED RUNNING PENDING ' +
    // States, reasons and mails of Slurm
    'PD CA CF CG CD BF NF OOM RV ST PR RQ RH RD SE SI SO BOOT_FAIL CANCELLED COMPLETED COMPLETING CONFIGURING NODE_FAIL OUT_OF_MEMORY ' +
    'PREEMPTED REQUEUED RESIZING REVOKED SUSPENDED SPECIAL_EXIT STAGE_OUT TIME_LIMIT TIME_LIMIT_90 TIME_LIMIT_80 TIME_LIMIT_50 ARRAY_TASKS ' +
    // Values of NCCL's and CUDA's variables
    'INIT COLL P2P SHM NET GRAPH TUNING NVLS BOOTSTRAP RAS LOC NVL PIX PXB PHB LL LL128 COLLNET PCI_BUS_ID FASTEST_FIRST ' +
    // Capabilities of Linux
    'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER ' +
    'LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT ' +
    'SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM ' +
    // Amazon's and Google's words
    'HOURLY DAILY WEEKLY MONTHLY DIMENSION ALARM INSUFFICIENT_DATA EC2 RDS EKS ECS UNIX AWS STANDARD_IA ONEZONE_IA GLACIER DEEP_ARCHIVE ' +
    'INTELLIGENT_TIERING CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND TERMINATE MIGRATE ' +
    // What logs and security modules write
    'AVC DENIED UFW REDIRECT UBSAN KASAN BUG TRANSLIT UEFI BIOS'
  ).split(' '),
);

/** Variables that programs read; counters of GPUs; encodings. */
const NAMES =
  /^(?:(?:NCCL|RCCL|UCX|OMPI|SLURM|HSA|ROCR|HIP|CUDA|DCGM_FI|LC|LD|XDG)_[A-Z0-9_]+|(?:SQ|TCC|TCP|TA|GRBM)_[A-Z0-9_]+|(?:ISO|UTF|CP|KOI8|WINDOWS)-?\d[\d-]*|CAP_[A-Z_]+)$/;
const PLACEHOLDER = /^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*$/;
/** A single capital is more often an option's letter or a unit than a value. */
const SHORTEST = 2;

/** A whole word that stands for a value, such as POD_NAME or FILE. */
export function isPlaceholder(word: string): boolean {
  return word.length >= SHORTEST && PLACEHOLDER.test(word) && !NOT_VALUES.has(word) && !NAMES.test(word);
}

/** Columns of ps otherwise; where a program is expected they stand for one. */
export const standsForProgram = (word: string): boolean => /^(?:COMMAND|CMD)$/.test(word);
/** A value's name where no column can be meant. */
export const standsForValue = (word: string): boolean => isPlaceholder(word) || /^(?:PID|USER)$/.test(word);

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
      // kubectl's custom-columns=NAME:.metadata.name: the head of a column.
      if (after === ':' && /[=,]/.test(before) && raw.includes('custom-columns=')) continue;
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
