import { codeWords } from './code-words';

/** Modules whose functions only compute or read. */
const MODULES = new Set(
  (
    'json sys re math cmath datetime time calendar platform collections itertools functools operator base64 binascii ' +
    'hashlib hmac string random secrets statistics ssl struct ipaddress uuid decimal fractions textwrap pprint csv ' +
    'locale keyword this zlib gzip bz2 lzma unicodedata html urllib urllib.parse glob fnmatch getpass pwd grp bisect ' +
    'heapq enum typing dataclasses difflib types copy site sysconfig timeit array codecs email pathlib os os.path socket ' +
    'torch numpy np tensorflow tf jax pandas pd scipy sklearn yaml toml tomllib psutil requests transformers vllm ' +
    'triton cupy pynvml shutil importlib importlib.metadata importlib.util pkg_resources configparser shlex zoneinfo xml'
  ).split(' '),
);

/** What of os only reads. */
const OS = new Set(
  'getcwd environ getenv path listdir cpu_count uname sep linesep name getpid getppid getuid geteuid getlogin getloadavg stat lstat walk scandir sched_getaffinity statvfs sysconf access get_terminal_size pathsep fspath get items keys values'.split(
    ' ',
  ),
);

/** And of shutil. */
const SHUTIL = new Set('which disk_usage get_terminal_size'.split(' '));

const BUILTINS_OUT = new Set(
  'exec eval compile __import__ getattr setattr delattr globals locals vars breakpoint __builtins__ execfile'.split(
    ' ',
  ),
);

/** Methods that write, remove, start or load code, whatever object they belong to. */
const METHODS_OUT = new Set(
  (
    'write writelines write_text write_bytes unlink rmdir remove removedirs rmtree rename renames replace_file system popen Popen ' +
    'call check_call check_output run getoutput getstatusoutput spawn fork kill killpg terminate abort truncate chmod chown ' +
    'mkdir makedirs symlink symlink_to link hardlink_to touch putenv save savez savetxt save_pretrained to_csv to_json ' +
    'to_sql to_pickle to_parquet to_excel tofile dump load loads_pickle pickle import_module exec_module load_module ' +
    'spec_from_file_location execv execve execvp execl execlp modules connect send sendall sendto bind post put patch delete ' +
    'urlretrieve from_pretrained hub set_start_method empty_cache_file device_reset move copyfile copytree _getframe ctypes ' +
    'suspend nice cpu_affinity'
  ).split(' '),
);

/**
 * Whether `python -c` code only computes and prints, as far as its names tell: modules, builtins and methods must be
 * known to be harmless. Anything else is code that was not seen.
 */
export function pythonReadsOnly(code: string): boolean {
  // Commands of IPython.
  if (/(?:^|\n)\s*[%!]/.test(code)) return false;
  const { words, bare } = codeWords(code, {
    lineComment: /^#[^\n]*/,
    interpolation: /(?<!\{)\{(?!\{)/,
    interpolated: /f/i,
  });
  if (/\b__\w+__\b/.test(bare.replace(/\b__(?:version|name|file|doc|len|class|main)__\b/g, ''))) return false;
  for (const match of bare.matchAll(/\b(?:from\s+([\w.]+)\s+import\s+([^;\n]*)|import\s+([^;\n]*))/g)) {
    const [, from, names = '', plain] = match;
    const modules = from
      ? [from]
      : (plain ?? '').split(',').map((each) => each.trim().split(/\s+as\s+/)[0] ?? '');
    if (!modules.every((name) => MODULES.has(name) || MODULES.has(name.split('.')[0] ?? ''))) return false;
    // Another name for os or a module would hide what is used of it.
    if (
      /\bas\s+(?!np\b|tf\b|pd\b|plt\b|t\b|nn\b|F\b)/.test(plain ?? '') &&
      /\bos\b|importlib|pathlib|shutil/.test(plain ?? '')
    )
      return false;
    if (from === 'shutil' && !names.split(',').every((name) => SHUTIL.has(name.trim()))) return false;
    if (from === 'os' && !names.split(',').every((name) => OS.has(name.trim()))) return false;
    if (
      from &&
      names
        .split(',')
        .some((name) => METHODS_OUT.has(name.trim().split(/\s/)[0] ?? '') || name.trim() === '*')
    )
      return false;
  }
  for (const { text, dotted, before, called } of words) {
    if (!dotted && BUILTINS_OUT.has(text)) return false;
    // An assignment of a builtin to a name would hide its calls.
    if (!dotted && text === 'open' && !called) return false;
    if (dotted && before === 'os' && !OS.has(text)) return false;
    if (dotted && before === 'shutil' && !SHUTIL.has(text)) return false;
    if (/^nvml\w*(?:Set|Reset|Clear|Create|Destroy)/.test(text)) return false;
    if (dotted && METHODS_OUT.has(text) && !isHarmlessUse(text, before)) return false;
  }
  return opensOnlyToRead(code) && !/[=(,[]\s*(?:os|shutil)\b(?!\s*\.)/.test(bare);
}

/** json.load reads, sys.stdout.write prints, re.compile and platform.system are no commands. */
const isHarmlessUse = (method: string, before: string): boolean =>
  (method === 'write' && /^(?:stdout|stderr)$/.test(before)) ||
  (method === 'writelines' && /^(?:stdout|stderr)$/.test(before)) ||
  (/^(?:load|dump)$/.test(method) && /^(?:json|toml|tomllib)$/.test(before)) ||
  (method === 'system' && before === 'platform') ||
  (/^(?:connect|bind)$/.test(method) && /^(?:socket|s|sock)$/.test(before));

function opensOnlyToRead(code: string): boolean {
  return [...code.matchAll(/\bopen\s*\(([^)]*)\)/g)].every(([, args = '']) => {
    const mode = /,\s*(?:mode\s*=\s*)?(['"])([^'"]*)\1/.exec(args);
    return mode
      ? /^r?[bt]*$/.test(mode[2] ?? '')
      : !/,/.test(args) || /,\s*(?:encoding|errors|newline)\s*=/.test(args);
  });
}
