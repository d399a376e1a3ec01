const NAMES = new Set(
  (
    'print printf say if unless while until for foreach my our local split join map grep sort keys values each push pop ' +
    'shift unshift scalar length substr index rindex uc lc ucfirst lcfirst sprintf chomp chop reverse defined exists next ' +
    'last redo and or not xor eq ne lt gt le ge cmp x else elsif sub return BEGIN END wantarray int abs sqrt hex oct ord chr ' +
    'localtime gmtime time pack unpack sum max min first any all uniq STDIN STDOUT STDERR ARGV ENV eof Dumper strftime ' +
    'floor ceil pos quotemeta ref undef splice lines use strict warnings version floor die warn exit decode_json encode_json ' +
    'encode_base64 decode_base64 md5_hex sha1_hex sha256_hex POSIX List Util Data INC F a b'
  ).split(' '),
);
const MODULES =
  /^(?:POSIX|List::Util|Data::Dumper|JSON(?:::PP|::XS)?|MIME::Base64|Time::(?:HiRes|Local|Piece)|Digest::(?:MD5|SHA)|Scalar::Util|strict|warnings|utf8|Encode|Text::\w+|URI::Escape|Socket|Config|feature|bigint|Net::IP)\b/;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']', '<': '>' };

/** Whether a Perl one-liner only reads and prints: every name must be on the list, and nothing may open or run. */
export function perlReadsOnly(code: string, depth = 0): boolean {
  if (depth > 3) return false;
  let at = 0;
  /** Whether a value just ended, so that a slash divides rather than opening a pattern. */
  let afterValue = false;
  const quotedFrom = (open: number): { body: string; next: number } | null => {
    const delimiter = code[open] ?? '';
    const close = CLOSING[delimiter] ?? delimiter;
    let level = 0;
    for (let to = open + 1; to < code.length; to += 1) {
      if (code[to] === '\\') to += 1;
      else if (close !== delimiter && code[to] === delimiter) level += 1;
      else if (code[to] === close && level > 0) level -= 1;
      else if (code[to] === close) return { body: code.slice(open + 1, to), next: to + 1 };
    }
    return null;
  };
  const runsInside = (body: string) => /@\{\s*\[|\$\{\s*\\|\(\?\??\{/.test(body);
  while (at < code.length) {
    const rest = code.slice(at);
    const c = code[at] ?? '';
    if (/^&(?!&)[$\w{]/.test(rest) && !afterValue) return false;
    if (/\s/.test(c)) at += 1;
    else if (c === '`') return false;
    else if (c === '#') at += /^[^\n]*/.exec(rest)?.[0].length ?? 1;
    else if (c === '"' || c === "'" || (c === '/' && !afterValue)) {
      const quoted = quotedFrom(at);
      if (!quoted || (c !== "'" && runsInside(quoted.body))) return false;
      at = quoted.next + (c === '/' ? (/^[a-z]*/.exec(code.slice(quoted.next))?.[0].length ?? 0) : 0);
      afterValue = true;
    } else if (
      /^[$@%&]/.test(c) &&
      /^(?:[$@%]#?\$*(?:\w+|\{\^?\w+\}|[^\w\s]))/.test(rest) &&
      !(afterValue && /^[%&]/.test(c))
    ) {
      // `$x->$method` and `&$code` call what can't be followed.
      const variable = /^[$@%]#?\$*(?:\w+(?:::\w+)*|\{\^?\w+\}|[^\w\s{])/.exec(rest)?.[0];
      if (!variable) return false;
      at += variable.length;
      if (/^\s*->\s*(?:\(|\$)/.test(code.slice(at)) || /^->\s*[a-z]/.test(code.slice(at))) return false;
      afterValue = true;
    } else if (
      /^(?:s|tr|y|m|qr|q|qq|qw|qx)(?=[^\w\s=,;)]|\s*\{)/.test(rest) &&
      !/^(?:s|y|m|q)\s*=>/.test(rest)
    ) {
      const operator = /^[a-z]+\s*/.exec(rest)?.[0] ?? '';
      const name = operator.trim();
      const first = quotedFrom(at + operator.length);
      if (name === 'qx' || !first || runsInside(first.body)) return false;
      at = first.next;
      if (/^(?:s|tr|y)$/.test(name)) {
        const opener = code[at - 1] ?? '';
        const paired = /[})\]>]/.test(opener);
        const from = paired ? at + (/^\s*/.exec(code.slice(at))?.[0].length ?? 0) : at - 1;
        const second = quotedFrom(from);
        if (!second || runsInside(second.body)) return false;
        at = second.next;
        const flags = /^[a-z]*/.exec(code.slice(at))?.[0] ?? '';
        if (
          name === 's' &&
          flags.includes('e') &&
          (/ee/.test(flags) || !perlReadsOnly(second.body, depth + 1))
        )
          return false;
        at += flags.length;
      } else if (/^(?:m|qr)$/.test(name)) at += /^[a-z]*/.exec(code.slice(at))?.[0].length ?? 0;
      afterValue = true;
    } else if (/[A-Za-z_]/.test(c)) {
      const word = /^[A-Za-z_]\w*(?:::\w+)*/.exec(rest)?.[0] ?? c;
      const isKey =
        /^\s*=>/.test(code.slice(at + word.length)) ||
        (code[at - 1] === '{' && code[at + word.length] === '}');
      if (!isKey && !NAMES.has(word) && !MODULES.test(word)) return false;
      at += word.length;
      afterValue = isKey;
    } else if (/[0-9]/.test(c)) {
      at += /^[0-9._xXa-fA-F]+/.exec(rest)?.[0].length ?? 1;
      afterValue = true;
    } else if (c === '-' && /^-[a-zA-Z]\b/.test(rest)) at += 2;
    // `print > ...` and `| cmd` don't exist in Perl without open; a glob in <> reads names only.
    else {
      afterValue = /[)\]}]/.test(c);
      at += 1;
    }
  }
  return true;
}

export const perlModuleIsHarmless = (name: string): boolean => MODULES.test(name.replace(/=.*/, ''));
