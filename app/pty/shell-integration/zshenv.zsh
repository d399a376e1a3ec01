# Sigma Ops in zsh: the first file that zsh reads. It puts ZDOTDIR back at once, so that every file of the
# person's own is read as ever, from where it lies.
typeset -g __sigma_nonce=${SIGMA_OPS_NONCE-}
typeset -g __sigma_folder=$ZDOTDIR
builtin unset SIGMA_OPS_NONCE
if [[ -n ${SIGMA_OPS_ZDOTDIR+x} ]]; then
  builtin export ZDOTDIR=$SIGMA_OPS_ZDOTDIR
  builtin unset SIGMA_OPS_ZDOTDIR
else
  builtin unset ZDOTDIR
fi
if [[ -o interactive && -n $__sigma_nonce ]]; then
  builtin source "$__sigma_folder/integration.zsh"
fi
builtin unset __sigma_folder
if [[ -r ${ZDOTDIR-$HOME}/.zshenv ]]; then
  builtin source "${ZDOTDIR-$HOME}/.zshenv"
fi
