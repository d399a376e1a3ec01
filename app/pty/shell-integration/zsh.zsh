# Sigma Ops in zsh: tells the terminal of prompts and commands. Messages are OSC 633 and end in a secret that
# nothing else is given. Read before the person's own files, so none of their aliases or options is in here.
__sigma_tell() { builtin print -rn -- $'\e]633;'"$1;$__sigma_nonce"$'\a' }

# Leaves its argument in __sigma_text, fit for a field of a message.
__sigma_escape() {
  builtin emulate -L zsh
  __sigma_text=${1//\\/\\\\}
  __sigma_text=${__sigma_text//;/\\x3b}
  __sigma_text=${__sigma_text//$'\n'/\\x0a}
  __sigma_text=${__sigma_text//$'\e'/\\x1b}
  __sigma_text=${__sigma_text//$'\a'/\\x07}
}

# First of the precmd functions: the status of the command.
__sigma_ended() {
  builtin local __sigma_status=$? __sigma_text
  __sigma_tell "D;$__sigma_status"
  __sigma_escape "$PWD"
  __sigma_tell "P;Cwd=$__sigma_text"
  builtin unset __sigma_saved_buffer
  builtin return $__sigma_status
}

# Last of them: by now they have made the prompt. The marks leave it again before a command is run, so no
# program is given them, should PS1 be exported.
__sigma_ready() {
  builtin local __sigma_status=$?
  __sigma_unmark
  PS1=$__sigma_prompt_begin$PS1$__sigma_prompt_end
  builtin return $__sigma_status
}

__sigma_unmark() {
  builtin emulate -L zsh
  PS1=${PS1//"$__sigma_prompt_begin"/}
  PS1=${PS1//"$__sigma_prompt_end"/}
}

__sigma_begin() {
  builtin local __sigma_text
  __sigma_unmark
  # The first is empty where there is no history.
  __sigma_escape "${1:-$3}"
  __sigma_tell "E;$__sigma_text"
  __sigma_tell C
}

# The line on the prompt, by keys that no keyboard sends: told; put aside and emptied; put back.
__sigma_line_tell() {
  builtin local __sigma_text
  __sigma_escape "$BUFFER"
  __sigma_tell "L;$__sigma_text;$CURSOR"
}
__sigma_line_take() {
  if (( ! ${+__sigma_saved_buffer} )); then
    builtin typeset -g __sigma_saved_buffer=$BUFFER __sigma_saved_cursor=$CURSOR
  fi
  BUFFER=
}
__sigma_line_restore() {
  if (( ${+__sigma_saved_buffer} )); then
    BUFFER=$__sigma_saved_buffer
    CURSOR=$__sigma_saved_cursor
    builtin unset __sigma_saved_buffer
  fi
}

# Runs before the first prompt, when all of the person's files have been read.
__sigma_start() {
  builtin local __sigma_status=$? map name
  precmd_functions=(__sigma_ended ${precmd_functions:#__sigma_start} __sigma_ready)
  preexec_functions=(__sigma_begin $preexec_functions)
  builtin typeset -g __sigma_prompt_begin=$'%{\e]633;A;'$__sigma_nonce$'\a%}'
  builtin typeset -g __sigma_prompt_end=$'%{\e]633;B;'$__sigma_nonce$'\a%}'
  if [[ -o zle ]]; then
    for name in tell take restore; do builtin zle -N __sigma_line_$name; done
    for map in emacs viins vicmd; do
      builtin bindkey -M $map '^[[633;1~' __sigma_line_tell
      builtin bindkey -M $map '^[[633;2~' __sigma_line_take
      builtin bindkey -M $map '^[[633;3~' __sigma_line_restore
    done
    __sigma_tell 'P;Editable=1'
  fi
  builtin unset -f __sigma_start
  () { builtin return $1 } $__sigma_status
  __sigma_ended
  __sigma_ready
}
builtin typeset -ga precmd_functions preexec_functions
precmd_functions+=(__sigma_start)
