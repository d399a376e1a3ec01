# Sigma Ops in fish: tells the terminal of prompts and commands. Lies in a folder of vendors' configuration that
# is named for this one shell, so it is read before the person's own files. Messages are OSC 633 and end in a
# secret that nothing else is given.
if set -q SIGMA_OPS_NONCE
    set -g __sigma_nonce $SIGMA_OPS_NONCE
    set -e SIGMA_OPS_NONCE
    if set -q SIGMA_OPS_XDG_DATA_DIRS
        set -gx XDG_DATA_DIRS $SIGMA_OPS_XDG_DATA_DIRS
        set -e SIGMA_OPS_XDG_DATA_DIRS
    else
        set -e XDG_DATA_DIRS
    end

    function __sigma_tell
        printf '\e]633;%s;%s\a' $argv[1] $__sigma_nonce
    end

    # Prints its argument, fit for a field of a message.
    function __sigma_escape
        set -l text (string replace --all '\\' '\\\\' -- "$argv[1]" | string collect)
        set text (string replace --all ';' '\\x3b' -- "$text" | string collect)
        set text (string replace --all \n '\\x0a' -- "$text" | string collect)
        set text (string replace --all \e '\\x1b' -- "$text" | string collect)
        string replace --all \a '\\x07' -- "$text"
    end

    # Before the first prompt, when all of the person's files have been read.
    function __sigma_start --on-event fish_prompt
        functions --erase __sigma_start
        if functions --query fish_prompt
            functions --copy fish_prompt __sigma_own_prompt
        else
            function __sigma_own_prompt
                echo -n '> '
            end
        end

        function __sigma_status
            return $argv[1]
        end

        function fish_prompt
            set -l __sigma_status $status
            __sigma_tell A
            __sigma_status $__sigma_status
            __sigma_own_prompt
            __sigma_tell B
        end

        function __sigma_begin --on-event fish_preexec
            __sigma_tell E';'(__sigma_escape "$argv[1]")
            __sigma_tell C
        end

        function __sigma_ended --on-event fish_postexec
            __sigma_tell D';'$status
        end

        # Comes with each new prompt, also after an empty line and Ctrl+C.
        function __sigma_ready --on-event fish_prompt
            __sigma_tell 'P;Cwd='(__sigma_escape "$PWD")
            set -e __sigma_saved_line
        end

        # The line on the prompt, by keys that no keyboard sends: told; put aside and emptied; put back.
        function __sigma_line_tell
            __sigma_tell L';'(__sigma_escape (commandline --current-buffer | string collect))';'(commandline --cursor)
        end
        function __sigma_line_take
            if not set -q __sigma_saved_line
                set -g __sigma_saved_line (commandline --current-buffer | string collect)
                set -g __sigma_saved_cursor (commandline --cursor)
            end
            commandline --replace ''
        end
        function __sigma_line_restore
            if set -q __sigma_saved_line
                commandline --replace -- "$__sigma_saved_line"
                commandline --cursor $__sigma_saved_cursor
                set -e __sigma_saved_line
            end
        end
        for mode in default insert visual
            bind --mode $mode \e\[633\;1~ __sigma_line_tell
            bind --mode $mode \e\[633\;2~ __sigma_line_take
            bind --mode $mode \e\[633\;3~ __sigma_line_restore
        end
        __sigma_tell 'P;Editable=1'
        __sigma_tell 'P;Cwd='(__sigma_escape "$PWD")
    end
end
