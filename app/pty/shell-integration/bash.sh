# Sigma Ops in bash: reads the person's own files, then tells the terminal of prompts and commands.
# Started with --rcfile. Messages are OSC 633 and end in a secret that nothing else is given.
__sigma_nonce=${SIGMA_OPS_NONCE-}
builtin unset SIGMA_OPS_NONCE

# The files that bash would have read by itself; /etc/bash.bashrc it has read already.
if [ -n "${SIGMA_OPS_LOGIN-}" ]; then
  builtin unset SIGMA_OPS_LOGIN
  [ -r /etc/profile ] && builtin . /etc/profile
  if [ -r ~/.bash_profile ]; then builtin . ~/.bash_profile
  elif [ -r ~/.bash_login ]; then builtin . ~/.bash_login
  elif [ -r ~/.profile ]; then builtin . ~/.profile
  fi
elif [ -r ~/.bashrc ]; then
  builtin . ~/.bashrc
fi

# Before 4.4 bash can't tell when a command begins (PS0), so there it is left as it is.
if [ -n "$__sigma_nonce" ] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then
  # In prompts the secret stands as a variable: exported by somebody, they tell a nested shell nothing.
  __sigma_prompt_begin='\[\e]633;A;${__sigma_nonce-}\a\]'
  __sigma_prompt_end='\[\e]633;B;${__sigma_nonce-}\a\]'
  __sigma_command_begin='$(__sigma_begin)'
  __sigma_history=

  __sigma_tell() { builtin printf '\e]633;%s;%s\a' "$1" "$__sigma_nonce"; }

  # Leaves its argument in __sigma_text, fit for a field of a message.
  __sigma_escape() {
    __sigma_text=${1//\\/\\\\}
    __sigma_text=${__sigma_text//;/\\x3b}
    __sigma_text=${__sigma_text//$'\n'/\\x0a}
    __sigma_text=${__sigma_text//$'\e'/\\x1b}
    __sigma_text=${__sigma_text//$'\a'/\\x07}
  }

  # Runs in a subshell, from PS0, just before a command. Where the history has not grown (a blank before
  # the command, a repeated one) its last line is not this command, and nothing is said.
  __sigma_begin() {
    builtin local line __sigma_text
    line=$(HISTTIMEFORMAT='' builtin history 1)
    if [[ $line != "$__sigma_history" && $line =~ ^\ *[0-9]+[\ *]\ (.*)$ ]]; then
      __sigma_escape "${BASH_REMATCH[1]}"
      __sigma_tell "E;$__sigma_text"
    fi
    __sigma_tell C
  }

  # First of the prompt commands: the status must be seen before they change it.
  __sigma_ended() {
    builtin local __sigma_status=$? __sigma_text
    __sigma_tell "D;$__sigma_status"
    __sigma_escape "$PWD"
    __sigma_tell "P;Cwd=$__sigma_text"
    PS1=${PS1//"$__sigma_prompt_begin"/}
    PS1=${PS1//"$__sigma_prompt_end"/}
    builtin unset __sigma_saved_line
    builtin return "$__sigma_status"
  }

  # Last of them: by now they have made the prompt.
  __sigma_ready() {
    builtin local __sigma_status=$?
    PS1=$__sigma_prompt_begin$PS1$__sigma_prompt_end
    builtin export -n PS1
    [[ ${PS0-} == *"$__sigma_command_begin"* ]] || PS0=${PS0-}$__sigma_command_begin
    __sigma_history=$(HISTTIMEFORMAT='' builtin history 1)
    builtin return "$__sigma_status"
  }

  if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
    PROMPT_COMMAND=(__sigma_ended ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"} __sigma_ready)
  else
    PROMPT_COMMAND="__sigma_ended"$'\n'"${PROMPT_COMMAND-}"$'\n'"__sigma_ready"
    builtin export -n PROMPT_COMMAND
  fi

  # The line on the prompt, by keys that no keyboard sends: told; put aside and emptied; put back.
  __sigma_line_tell() {
    builtin local __sigma_text
    __sigma_escape "$READLINE_LINE"
    __sigma_tell "L;$__sigma_text;$READLINE_POINT"
  }
  __sigma_line_take() {
    if [ -z "${__sigma_saved_line+x}" ]; then
      __sigma_saved_line=$READLINE_LINE
      __sigma_saved_point=$READLINE_POINT
    fi
    READLINE_LINE=
    READLINE_POINT=0
  }
  __sigma_line_restore() {
    if [ -n "${__sigma_saved_line+x}" ]; then
      READLINE_LINE=$__sigma_saved_line
      READLINE_POINT=$__sigma_saved_point
      builtin unset __sigma_saved_line
    fi
  }
  __sigma_bind() {
    builtin local map
    for map in emacs vi-insert vi-command; do
      builtin bind -m "$map" -x '"\e[633;1~": __sigma_line_tell' &&
        builtin bind -m "$map" -x '"\e[633;2~": __sigma_line_take' &&
        builtin bind -m "$map" -x '"\e[633;3~": __sigma_line_restore' || builtin return
    done
    __sigma_tell 'P;Editable=1'
  }
  if [[ -o emacs || -o vi ]]; then __sigma_bind 2>/dev/null; fi
  builtin unset -f __sigma_bind
fi
