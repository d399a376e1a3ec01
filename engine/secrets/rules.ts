import { isPassword, isToken } from './assigned-value';
import type { SecretRule } from './secret-rule';

/** Keys and tokens that their issuer gave a form of their own. The form is proof enough. */
const ISSUED: readonly SecretRule[] = [
  {
    label: 'AWS access key',
    hints: ['akia', 'asia', 'abia', 'acca'],
    pattern: /(?<![A-Za-z0-9])(?<value>(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})(?![A-Za-z0-9])/gu,
  },
  {
    label: 'AWS secret key',
    hints: ['secret'],
    pattern:
      /(?:aws_?)?secret_?(?:access_?)?key["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/giu,
  },
  {
    label: 'AWS session token',
    hints: ['session_token', 'sessiontoken', 'security-token'],
    pattern:
      /(?:aws_?session_?token|session_?token|x-amz-security-token)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?<value>[A-Za-z0-9/+=%]{60,4000})/giu,
  },
  {
    label: 'signature',
    hints: ['signature=', 'sig='],
    pattern:
      /(?:[?&](?:X-Amz-Signature|X-Goog-Signature|sig)|(?<=AWS4-HMAC-SHA256[^\r\n]{0,400})Signature)=(?<value>(?:[A-Za-z0-9+/_-]|%[0-9A-F]{2}){40,1024}=?)/giu,
  },
  {
    label: 'Google key',
    hints: ['aiza', 'ya29.', 'gocspx-', '1//0'],
    pattern:
      /(?<![A-Za-z0-9_-])(?<value>AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,1024}|GOCSPX-[0-9A-Za-z_-]{28}|1\/\/0[0-9A-Za-z_-]{40,200})(?![0-9A-Za-z_-])/gu,
  },
  {
    label: 'Azure key',
    hints: ['accountkey', 'sharedaccesskey', 'q~'],
    pattern:
      /(?:(?:AccountKey|SharedAccessKey)=(?<value>[A-Za-z0-9+/]{43,86}={1,2})|(?<![A-Za-z0-9_~.-])(?<value2>[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,40})(?![A-Za-z0-9_~.-]))/gu,
  },
  {
    label: 'GitHub token',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern:
      /(?<![A-Za-z0-9])(?<value>gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})/gu,
  },
  {
    label: 'GitLab token',
    hints: ['gl'],
    pattern:
      /(?<![A-Za-z0-9])(?<value>gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-[A-Za-z0-9_.-]{20,200})/gu,
  },
  {
    label: 'Slack token',
    hints: ['xox', 'xapp-', 'hooks.slack.com'],
    pattern:
      /(?<![A-Za-z0-9])(?<value>xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[0-9]-[A-Za-z0-9-]{10,250})|hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<value2>[A-Za-z0-9_/]{20,200})/gu,
  },
  {
    label: 'JSON web token',
    hints: ['eyj'],
    pattern:
      /(?<![A-Za-z0-9_-])(?<value>eyJ[A-Za-z0-9_-]{10,4000}\.(?:[A-Za-z0-9_-]{0,4000}\.){0,3}[A-Za-z0-9_-]{10,8000})/gu,
  },
  {
    label: 'npm or PyPI token',
    hints: ['npm_', 'pypi-'],
    pattern: /(?<![A-Za-z0-9])(?<value>npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{60,400})(?![A-Za-z0-9])/gu,
  },
  {
    label: 'API key',
    hints: ['sk-', 'sk_', 'rk_', 'hf_', 'sg.', 'dop_v1_', 'dckr_', 'dapi', 'shpat_', 'nvapi-'],
    pattern:
      /(?<![A-Za-z0-9_-])(?<value>sk-(?:[a-z]{2,10}-){0,2}[A-Za-z0-9_]{32,200}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}|hf_[A-Za-z]{30,40}|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|do[por]_v1_[a-f0-9]{64}|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,60}|dapi[a-f0-9]{32}|shpat_[a-f0-9]{32}|nvapi-[A-Za-z0-9_-]{40,100})(?![A-Za-z0-9])/gu,
  },
  {
    label: 'Vault token',
    hints: ['hvs.', 'hvb.', 'hvr.'],
    pattern: /(?<![A-Za-z0-9])(?<value>hv[sbr]\.[A-Za-z0-9_-]{24,300})/gu,
  },
  {
    label: 'bot token',
    hints: [':aa'],
    pattern: /(?<![0-9A-Za-z])(?<value>[0-9]{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])/gu,
  },
  {
    label: 'private key',
    hints: ['age-secret-key-1'],
    pattern: /(?<value>AGE-SECRET-KEY-1[0-9A-Z]{58})/gu,
  },
  {
    label: 'password hash',
    hints: ['$1$', '$2', '$5$', '$6$', '$y$', '$argon2'],
    pattern:
      /(?<![A-Za-z0-9$])(?<value>\$(?:1|5|6|y)\$[A-Za-z0-9./$=]{8,160}|\$2[aby]\$[0-9]{2}\$[A-Za-z0-9./]{53}|\$argon2(?:id|i|d)\$[A-Za-z0-9+/=,$]{30,300})/gu,
  },
];

/** Secrets that only their place tells: after a name, in a header, in an address. */
const PLACED: readonly SecretRule[] = [
  {
    label: 'password in an address',
    hints: ['://'],
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@'"<>]{0,100}:(?<value>[^\s@/'"<>]{1,200})@(?=[^\s@])/giu,
    holds: (value) => !/^(?:\*+|x{3,}|\$|\{|%|\[masked)/iu.test(value),
  },
  {
    label: 'authorization header',
    hints: ['authorization', 'bearer'],
    pattern:
      /(?:authorization["']?(?:[ \t]{0,4}[:=]|',)[ \t]{0,4}["']?(?:(?:basic|bearer|token|apikey|negotiate|key|digest|splunk)[ \t]{1,4})?|(?<![a-z])bearer[ \t]{1,4})["']?(?<value>[A-Za-z0-9_.~+/:-]{6,8000}={0,2})(?![A-Za-z0-9_.~+/:=-])/giu,
    holds: (value, { quoted }) =>
      !/^(?:basic|bearer|token|apikey|negotiate|digest|splunk|AWS4-HMAC-SHA256)$/iu.test(value) &&
      (quoted || /[0-9+/=]|[a-z][A-Z]/u.test(value)),
  },
  {
    label: 'key in a header',
    hints: ['-token', '-key', 'cookie'],
    pattern:
      /(?:x-(?:api-key|auth-token|vault-token|consul-token|access-token|amz-security-token|csrf-token|gitlab-token)|private-token|job-token|api-key)["']?[ \t]{0,4}:[ \t]{0,4}["']?(?<value>[^\s"',;]{6,4000})|(?<![a-z-])(?:set-)?cookie["']?[ \t]{0,4}:[ \t]{0,4}["']?(?<value2>[^\s=;"]{1,100}=[^\r\n"']{4,4000})/giu,
    holds: (value) => !value.includes('[masked'),
  },
  {
    label: 'session cookie',
    hints: ['sessid', 'jsessionid', 'connect.sid', 'sessionid'],
    pattern:
      /(?:PHPSESSID|JSESSIONID|ASPSESSIONID[A-Z]{0,8}|connect\.sid|ASP\.NET_SessionId)=(?<value>[A-Za-z0-9%._~+/-]{8,400})/gu,
  },
  {
    label: 'password',
    hints: ['passw', 'passphrase', 'passwd', 'pwd', '_pass', 'pass='],
    pattern:
      /(?<key>password|passwd|passphrase|pwd|(?<=[_-])pass|(?<![A-Za-z])pass(?==))(?<sep>\\?["']?[ \t]{0,4}(?:=>?|:=?)[ \t]{0,4}|(?<=--[A-Za-z-]{0,40})[ \t]{1,4})(?:\\?"(?<value>[^"\r\n\\]{1,400})\\?"|'(?<value2>[^'\r\n]{1,400})'|(?<value3>[^\s"',;&|)}\]]{1,400}))/giu,
    holds: isPassword,
  },
  {
    label: 'secret',
    hints: [
      'token',
      'secret',
      'apikey',
      'api_key',
      'api-key',
      'access_key',
      'accesskey',
      '_auth',
      'client-key-data',
      'private_key',
      'credential',
    ],
    pattern:
      /(?<key>token|secret|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|client-key-data|_auth|credential)(?<sep>\\?["']?[ \t]{0,4}(?:=>?|:=?)[ \t]{0,4}|(?<=--[A-Za-z-]{0,40})[ \t]{1,4})(?:\\?"(?<value>[^"\r\n\\]{1,8000})\\?"|'(?<value2>[^'\r\n]{1,8000})'|(?<value3>[^\s"',;&|)}\]]{1,8000}))/giu,
    holds: isToken,
  },
  {
    label: 'password',
    hints: ['sshpass', 'mysql', 'curl', 'redis-cli', 'mariadb'],
    pattern:
      /(?:sshpass[ \t]{1,4}-p[ \t]{0,4}|(?:mysql|mysqldump|mariadb|mysqladmin)[ \t][^\r\n|;]{0,200}?[ \t]?-p(?![ \t])|redis-cli[ \t][^\r\n|;]{0,200}?-a[ \t]{1,4}|curl[ \t][^\r\n|;]{0,400}?(?:-u|--user)[ \t]{1,4}["']?[^\s:'"]{1,100}:)["']?(?<value>[^\s'"]{1,200})/gu,
    holds: (value) => !/^(?:\$|\*|<|\[masked)/u.test(value),
  },
];

export const SECRET_RULES: readonly SecretRule[] = [...ISSUED, ...PLACED];
