import { codeWords } from './code-words';

const JAVASCRIPT = new Set(
  (
    'console log error info table dir process version versions env arch platform memoryUsage cwd pid uptime argv argv0 execPath hrtime ' +
    'release stdout write stderr JSON parse stringify Math Object Array String Number Date BigInt Boolean Symbol Map Set Promise RegExp ' +
    'parseInt parseFloat isNaN encodeURIComponent decodeURIComponent encodeURI decodeURI atob btoa Buffer URL URLSearchParams Intl ' +
    'const let var function return if else for of in while do new typeof instanceof null undefined true false this await async ' +
    'break continue switch case default try catch finally throw require import from ' +
    'readFileSync readdirSync existsSync statSync performance now crypto randomUUID randomBytes createHash update digest ' +
    'module exports structuredClone v8 getHeapStatistics os path util url'
  ).split(' '),
);
const JAVASCRIPT_MODULES =
  /^(?:node:)?(?:os|path|util|url|crypto|v8|perf_hooks|querystring|fs|assert|\.?\.?\/?package\.json|\.\/package(?:\.json)?)$/;
const JAVASCRIPT_OUT =
  /^(?:exec\w*|spawn\w*|fork|eval|Function|constructor|write(?!$)\w*|append\w*|unlink\w*|rm\w*|rename\w*|truncate\w*|mkdir\w*|chmod\w*|chown\w*|copyFile\w*|symlink\w*|createWriteStream|open\w*|kill|exit|abort|binding|dlopen|_load|mainModule|fetch|globalThis|global|getBuiltinModule|setuid|setgid|runIn\w*|cp(?:Sync)?|link\w*|request|createServer|connect)$/;

/** `node -e`: names that are not on the list and stand alone must be the code's own; none may start or write anything. */
export function javascriptReadsOnly(code: string): boolean {
  const { words, bare } = codeWords(code, {
    lineComment: /^\/\/[^\n]*/,
    interpolation: /\$\{/,
    interpolated: /`/,
  });
  // Computed names (`process["kill"]`) can't be followed.
  if (/[\w)\]]\s*\[\s*""\s*\]/.test(bare)) return false;
  if (/\b(?:require|import)\s*\(\s*(?!\s|"")/.test(bare)) return false;
  const asked = [...code.matchAll(/\b(?:require\s*\(|import\s*\(|from)\s*(['"`])([^'"`]*)\1/g)].map(
    (match) => match[2] ?? '',
  );
  if (!asked.every((name) => JAVASCRIPT_MODULES.test(name))) return false;
  if (/\b(?:require|import)\b/.test(bare) && asked.length === 0) return false;
  const own = new Set(
    [...bare.matchAll(/([\w$]+)\s*(?:=(?!=)|=>|,|\)|\s+of\b|\s+in\b)/g)].map((match) => match[1] ?? ''),
  );
  return words.every(({ text, dotted, called }) => {
    if (JAVASCRIPT_OUT.test(text)) return false;
    return dotted || JAVASCRIPT.has(text) || (own.has(text) && !called) || /^\w$/.test(text);
  });
}

const RUBY = new Set(
  (
    'puts print p pp printf format sprintf require json yaml time date set digest securerandom socket if unless else elsif end while until do def return ' +
    'then and or not nil true false self begin rescue ensure case when in each map select reject inject reduce sum ' +
    'RUBY_VERSION RUBY_PLATFORM RUBY_ENGINE ENV ARGV ARGF STDIN STDOUT Time Date Integer Float String Array Hash JSON Math ' +
    'Digest SecureRandom Comparable Etc gets lambda proc loop next break yield rand'
  ).split(' '),
);
const RUBY_OUT =
  /^(?:system|exec|spawn|fork|eval|instance_eval|class_eval|send|__send__|public_send|method|open|popen\d?|write|binwrite|delete|unlink|rm\w*|rename|chmod|chown|mkdir|mv|cp|kill|syswrite|load|load_file|unsafe_load|require_relative|exit!|truncate|symlink|link|const_get|File|IO|Dir|FileUtils|Process|Kernel|Open3|ObjectSpace|Marshal|TCPSocket|trap)$/;

export function rubyReadsOnly(code: string): boolean {
  if (/`|%x/.test(code)) return false;
  const { words } = codeWords(code, {
    lineComment: /^#(?!\{)[^\n]*/,
    interpolation: /#\{/,
    interpolated: /"/,
  });
  const own = new Set(
    [...code.matchAll(/([a-z_]\w*)\s*(?:=(?!=)|\||,)|\|\s*(\w+)/g)].flatMap((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
  return words.every(
    ({ text, dotted, called }) =>
      !RUBY_OUT.test(text) &&
      (dotted || RUBY.has(text) || (own.has(text) && !called) || /^(?:\w|\$\w*)$/.test(text)),
  );
}

const PHP =
  /^(?:echo|print|print_r|var_dump|phpinfo|phpversion|PHP_\w+|php_uname|php_sapi_name|ini_get|ini_get_all|extension_loaded|get_loaded_extensions|json_encode|json_decode|date|time|strtotime|strlen|str_replace|substr|explode|implode|count|array\w*|md5|sha1|hash|base64_encode|base64_decode|urlencode|urldecode|rand|random_int|random_bytes|bin2hex|printf|sprintf|number_format|round|floor|ceil|max|min|true|false|null|E_ALL|memory_get_usage|gethostname|getenv|if|else|foreach|as|for|while|return|opcache_get_status)$/i;

export function phpReadsOnly(code: string): boolean {
  if (/`|\$\$|\$\w+\s*\(|\$\{/.test(code)) return false;
  const { words } = codeWords(code.replace(/\$\w+/g, ' '), {
    lineComment: /^(?:\/\/|#)[^\n]*/,
    interpolation: null,
    interpolated: /"/,
  });
  return words.every(({ text }) => PHP.test(text));
}
