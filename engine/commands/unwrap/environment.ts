import type { Arg } from './args';
import type { Inside } from './seen';

/** Variables whose value is a command that programs run. */
const COMMANDS =
  /^(?:(?:GIT_|MAN|SYSTEMD_|AWS_|GH_|BAT_|DELTA_)?PAGER|(?:GIT_|KUBE_|SUDO_)?EDITOR|VISUAL|FCEDIT|GIT_(?:SSH|SSH_COMMAND|EXTERNAL_DIFF|SEQUENCE_EDITOR|ASKPASS|PROXY_COMMAND)|SSH_ASKPASS|SUDO_ASKPASS|PROMPT_COMMAND|BROWSER|RSYNC_RSH|LESSOPEN|LESSCLOSE|TERMINAL)$/;
/** Variables that load code into each program, or into each shell or interpreter. */
const LOADERS =
  /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|BASH_ENV|ENV|PYTHONSTARTUP|PERL5OPT|PERL5DB|RUBYOPT|NODE_OPTIONS|JAVA_TOOL_OPTIONS|GIT_CONFIG_\w+|GIT_TEMPLATE_DIR)$/;
/** Libraries that are preloaded every day. */
const KNOWN_LIBRARY =
  /^(?:\S*\/)?lib(?:jemalloc|tcmalloc|mimalloc|eatmydata|faketime|nccl|cuda)[\w.-]*\.so[\d.]*$|^--max[-_]old[-_]space[-_]size=\d+$|^-Xm[sx]\w+$/;

/** What is set every day: pagers and editors. */
const KNOWN_PROGRAM =
  /^(?:n?vim?|nano|less|more|most|bat|cat|emacs(?:client)?|code|true|:)(?:\s+-{1,2}[\w-]+)*$/;

/** `PAGER='rm x' git log`: what setting NAME=VALUE makes others run. */
export function environmentRisk(assignment: Arg): Inside[] {
  const equals = assignment.text.indexOf('=');
  const name = assignment.text.slice(0, equals).replace(/\+$/, '');
  const value = { ...assignment, text: assignment.text.slice(equals + 1) };
  if (value.text === '' || KNOWN_LIBRARY.test(value.text) || KNOWN_PROGRAM.test(value.text)) return [];
  if (COMMANDS.test(name)) return [{ kind: 'code', code: value }];
  if (!LOADERS.test(name)) return [];
  return [{ kind: 'unseen', why: `${name} makes programs load code that was not seen.` }];
}
