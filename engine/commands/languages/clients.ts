import { lookUp } from '../look-up';
import { type Arg, plainArg, UNKNOWN } from '../unwrap/args';
import { hasOption, optionValues, readArgs } from '../unwrap/options';
import type { Call, Inside } from '../unwrap/seen';
import { shown } from '../unwrap/shells';
import { readAwk } from './awk';
import { inPlace } from './interpreters';
import { readSed } from './sed';
import { type CodeFinding, readSql } from './sql';
import { readMongo, readRedis } from './stores';

interface SqlClient {
  readonly code: string;
  readonly file: string;
  readonly valued: string;
  /** Operands from this one on are statements: `sqlite3 FILE SQL`. */
  readonly operands?: number;
}

const MYSQL: SqlClient = {
  code: '-e --execute --init-command',
  file: '',
  valued: '-h --host -u --user -P --port -D --database -S --socket --defaults-file --defaults-extra-file',
};
const TRINO: SqlClient = {
  code: '--execute -e',
  file: '-f --file',
  valued: '--server --catalog --schema --user',
};

const SQL_CLIENTS: Readonly<Record<string, SqlClient>> = {
  psql: {
    code: '-c --command',
    file: '-f --file',
    valued: '-h --host -p --port -U --username -d --dbname -v --set --variable -F -R -P -T -L -o --output',
  },
  pgcli: { code: '-c', file: '', valued: '-h -p -U -d' },
  mysql: MYSQL,
  mariadb: MYSQL,
  mycli: MYSQL,
  sqlite3: {
    code: '-cmd',
    file: '-init',
    valued: '-separator -nullvalue -newline -mmap -maxsize',
    operands: 1,
  },
  sqlite: { code: '-cmd', file: '-init', valued: '-separator', operands: 1 },
  duckdb: { code: '-c -cmd -s', file: '-init -f', valued: '-separator', operands: 1 },
  'clickhouse-client': {
    code: '-q --query',
    file: '--queries-file',
    valued: '-h --host --port -u --user --password -d --database --format -f',
  },
  cqlsh: { code: '-e --execute', file: '-f --file', valued: '-u -p -k --cqlversion' },
  sqlcmd: { code: '-Q -q --query', file: '-i', valued: '-S -U -P -d -o' },
  trino: TRINO,
  presto: TRINO,
  hive: { code: '-e', file: '-f -i', valued: '--hiveconf --database' },
  beeline: { code: '-e', file: '-f -i', valued: '-u -n -p -d' },
  'impala-shell': { code: '-q --query', file: '-f', valued: '-i -d -u -o' },
  'spark-sql': { code: '-e', file: '-f -i', valued: '--master --conf --jars' },
  snowsql: { code: '-q --query', file: '-f --filename', valued: '-a -u -d -s -r -w -c' },
  usql: { code: '-c --command', file: '-f', valued: '' },
  'cockroach sql': {
    code: '-e --execute',
    file: '-f --file',
    valued: '--host --certs-dir --url -d --database -u',
  },
  sqlplus: { code: '', file: '', valued: '' },
  influx: {
    code: '-execute --execute',
    file: '',
    valued: '-host -port -database -username -password -precision',
  },
};

/** Where code from the input is said to stand when the program has no arguments. */
const NOWHERE = plainArg('', { start: 0, end: 0 });

const toInside = (findings: readonly CodeFinding[], arg: Arg): Inside[] =>
  findings.map((finding) =>
    finding.kind === 'shell' ? { kind: 'code', code: { ...arg, text: finding.code } } : finding,
  );

/** Database clients, awk and sed: code in their own language, given as an argument or on the input. */
export function readClients(call: Call): Inside[] | null {
  const { program } = call;
  if (/^(?:[gmn]?awk|original-awk)$/.test(program)) return readAwkCall(call);
  if (/^g?sed$/.test(program)) return readSedCall(call);
  if (/^(?:redis-cli|valkey-cli|keydb-cli)$/.test(program)) return readRedisCall(call);
  if (/^mongo(?:sh)?$/.test(program)) return readMongoCall(call);
  const two = `${program} ${call.args[0]?.text ?? ''}`;
  const client = lookUp(SQL_CLIENTS, program) ?? lookUp(SQL_CLIENTS, two);
  if (!client) return null;
  // The newer client has subcommands, which a table rates.
  if (program === 'influx' && !call.args.some(({ text }) => /^--?execute/.test(text))) return null;
  const args = lookUp(SQL_CLIENTS, program) ? call.args : call.args.slice(1);
  return readSqlCall({ ...call, args }, client);
}

function readSqlCall(call: Call, client: SqlClient): Inside[] {
  const { program, args, stdin } = call;
  if (args.some(({ text }) => /^--(?:help|version)$|^-V$/.test(text)) && args.length <= 2) return [];
  const style = {
    valued: `${client.code} ${client.file} ${client.valued}`,
    whole: /^(?:sqlite3?|duckdb|influx|hive)$/.test(program),
  };
  const read = readArgs(args, style);
  const codes = [
    ...optionValues(read, client.code),
    ...read.operands.slice(client.operands ?? Number.POSITIVE_INFINITY),
  ];
  const files = optionValues(read, client.file);
  const result: Inside[] = [
    ...codes.flatMap((code) => toInside(readSql(code.text, program), code)),
    ...codes
      .filter(({ text }) => text.trim() === UNKNOWN)
      .map((): Inside => ({ kind: 'unseen', why: `${program} runs statements that are not in the text.` })),
    ...files.map(
      (file): Inside => ({
        kind: 'unseen',
        why: `${program} runs the statements in ${shown(file)}, which was not seen.`,
      }),
    ),
    ...(program === 'psql'
      ? optionValues(read, '-o --output -L').map(
          (target): Inside => ({ kind: 'write', target, operator: '>' }),
        )
      : []),
  ];
  const listing = program === 'psql' && hasOption(read, '-l --list');
  if (codes.length + files.length > 0 || listing || stdin.kind === 'none') return result;
  const at = args[0] ?? NOWHERE;
  if (stdin.kind === 'text') return [...result, ...toInside(readSql(stdin.text, program), at)];
  return [
    ...result,
    { kind: 'unseen', why: `${program} runs statements from its input, which were not seen.` },
  ];
}

function readAwkCall(call: Call): Inside[] {
  const { args, program } = call;
  const valued = '-F --field-separator -v --assign -f --file -i --include -e --source -E --exec -l --load';
  const read = readArgs(args, { valued, stopAtOperand: true });
  if (hasOption(read, '--version --help -V -h') && read.operands.length === 0) return [];
  const result: Inside[] = optionValues(read, '-f --file -E --exec -l --load').map((file) => ({
    kind: 'unseen',
    why: `${program} runs the program in ${shown(file)}, which was not seen.`,
  }));
  const includes = optionValues(read, '-i --include');
  const sources = optionValues(read, '-e --source');
  const fromOption = sources.length > 0 || result.length > 0;
  const code = fromOption ? sources : read.operands.slice(0, 1);
  for (const each of code)
    result.push(
      ...(each.text.trim() === UNKNOWN ? [notInText(program)] : toInside(readAwk(each.text), each)),
    );
  for (const each of includes)
    result.push(
      each.text === 'inplace'
        ? inPlace(program, read.rest, call.moreArgs)
        : { kind: 'unseen', why: `${program} loads ${shown(each)}.` },
    );
  if (code.length === 0 && result.length === 0 && call.moreArgs) result.push(notInText(program));
  return result;
}

const notInText = (program: string): Inside => ({
  kind: 'unseen',
  why: `${program} runs a program that is not in the text.`,
});

function readSedCall(call: Call): Inside[] {
  const { args, program } = call;
  const read = readArgs(args, { valued: '-e --expression -f --file -l --line-length' });
  // `-i` takes what follows it in the same word as the ending of a copy, so `-ie` is no -e.
  const inPlaceAt = args.find(({ text }) => /^-[nErsuz]*i|^--in-place/.test(text));
  const isCluster = inPlaceAt && !inPlaceAt.text.startsWith('--') && !/i$/.test(inPlaceAt.text);
  const options = isCluster ? read.options.filter(({ arg }) => arg !== inPlaceAt) : read.options;
  const expressions = options.flatMap(({ name, value }) =>
    /^(?:-e|--expression)$/.test(name) && value ? [value] : [],
  );
  const files = options.flatMap(({ name, value }) => (/^(?:-f|--file)$/.test(name) && value ? [value] : []));
  const scripts = expressions.length + files.length > 0 ? expressions : read.operands.slice(0, 1);
  const targets = expressions.length + files.length > 0 ? read.operands : read.operands.slice(1);
  const sandboxed = hasOption(read, '--sandbox');
  const joined = scripts.map(({ text }) => text).join('\n');
  const result: Inside[] = files.map((file) => ({
    kind: 'unseen',
    why: `${program} runs the script in ${shown(file)}, which was not seen.`,
  }));
  const [first] = scripts;
  if (first && first.text.trim() === UNKNOWN) result.push(notInText(program));
  else if (first && !sandboxed) result.push(...toInside(readSed(joined), first));
  if (inPlaceAt) {
    const keepsCopy = /^(?:-[nErsuz]*i.+|--in-place=.+)$/.test(inPlaceAt.text);
    result.push(
      keepsCopy
        ? { kind: 'note', level: 'changes', why: `${program} -i edits the file and keeps a copy.` }
        : inPlace(program, targets, call.moreArgs),
    );
  }
  return result;
}

function readRedisCall(call: Call): Inside[] {
  const { args, program, stdin } = call;
  const valued =
    '-h -p -s -a --pass --user -u -n -r -i -d -D -t --cacert --cert --key --sni --pattern --count --quoted-pattern -X';
  const read = readArgs(args, { valued, stopAtOperand: true });
  if (hasOption(read, '--eval --ldb --pipe --functions-rdb --cluster-yes'))
    return [{ kind: 'unseen', why: `${program} runs a script or stream that was not seen.` }];
  if (hasOption(read, '--rdb'))
    return [{ kind: 'note', level: 'changes', why: `${program} writes a copy of the data to a file.` }];
  if (hasOption(read, '--cluster')) {
    const reads = /^(?:info|check|help)$/.test(
      args[args.findIndex(({ text }) => text === '--cluster') + 1]?.text ?? '',
    );
    return reads
      ? []
      : [{ kind: 'note', level: 'destructive', why: `${program} --cluster rearranges the cluster.` }];
  }
  const [first] = read.operands;
  if (first) {
    const words = [first, ...read.rest].map(({ text }) => text);
    if (first.text === UNKNOWN) return [notInText(program)];
    // Under xargs the rest of the command is unknown, but its first word tells.
    return toInside(readRedis(words), first);
  }
  const asks = hasOption(
    read,
    '--scan --bigkeys --memkeys --hotkeys --stat --latency --latency-history --latency-dist --intrinsic-latency --help --version -v',
  );
  if (asks) return [];
  if (call.moreArgs) return [notInText(program)];
  if (stdin.kind === 'unknown')
    return [{ kind: 'unseen', why: `${program} runs commands from its input, which were not seen.` }];
  const at = args[0] ?? NOWHERE;
  return stdin.kind === 'text'
    ? stdin.text.split('\n').flatMap((line) => toInside(readRedis(line.trim().split(/\s+/)), at))
    : [];
}

function readMongoCall(call: Call): Inside[] {
  const { args, program, stdin } = call;
  const read = readArgs(args, {
    valued: '--eval --host --port -u --username -p --password --authenticationDatabase --file -f',
  });
  const codes = optionValues(read, '--eval');
  const files = [
    ...optionValues(read, '--file -f'),
    ...read.operands.filter(({ text }) => /\.m?js$/.test(text)),
  ];
  if (files.length > 0)
    return [{ kind: 'unseen', why: `${program} runs ${shown(files[0])}, which was not seen.` }];
  if (codes.length > 0)
    return codes.flatMap((code) =>
      code.known ? toInside(readMongo(code.text), code) : [notInText(program)],
    );
  if (stdin.kind === 'text') return toInside(readMongo(stdin.text), args[0] ?? NOWHERE);
  return stdin.kind === 'unknown'
    ? [{ kind: 'unseen', why: `${program} runs code from its input, which was not seen.` }]
    : [];
}
