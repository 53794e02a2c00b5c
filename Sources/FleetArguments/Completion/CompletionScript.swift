/// A shell that can complete fleet's command lines.
package enum CompletionShell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    /// A script that asks `PROGRAM --complete WORD...` for ``Completion/lines`` on every Tab.
    ///
    /// - Parameter program: a name made of letters, digits and `_`.
    package func script(for program: String) -> String {
        let template =
            switch self {
            case .bash: Self.bashScript
            case .zsh: Self.zshScript
            case .fish: Self.fishScript
            }
        return template.replacing("PROGRAM", with: program)
    }

    private static let bashScript = #"""
        # bash completion for PROGRAM: eval "$(PROGRAM completion bash)"
        _PROGRAM() {
            local current=${COMP_WORDS[COMP_CWORD]} line
            local -a typed=("${COMP_WORDS[@]:1:COMP_CWORD}")
            # As fleet would get them, without their quotes.
            typed=("${typed[@]//[\"\'\\]/}")
            current=${current//[\"\'\\]/}
            [[ $current == = ]] && current=
            COMPREPLY=()
            while IFS= read -r line; do
                case $line in
                    :files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
                    :directories) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
                    *) COMPREPLY+=("${line%%$'\t'*}") ;;
                esac
            done < <(PROGRAM --complete "${typed[@]}" 2>/dev/null)
        }
        complete -F _PROGRAM PROGRAM

        """#

    private static let zshScript = #"""
        #compdef PROGRAM
        # zsh completion for PROGRAM: eval "$(PROGRAM completion zsh)"
        _PROGRAM() {
            local line word
            local -a candidates typed
            # As fleet would get them, without their quotes.
            typed=("${(@Q)words[2,CURRENT - 1]}" "${(Q)PREFIX}")
            while IFS= read -r line; do
                case $line in
                    :*) [[ $PREFIX == -*=* ]] && compset -P '*=' ;;
                esac
                case $line in
                    :files) _files; return ;;
                    :directories) _files -/; return ;;
                esac
                word=${line%%$'\t'*}
                if [[ $line == *$'\t'* ]]; then
                    candidates+=("${word//:/\\:}:${line#*$'\t'}")
                else
                    candidates+=("${word//:/\\:}")
                fi
            done < <(PROGRAM --complete "${typed[@]}" 2>/dev/null)
            _describe PROGRAM candidates
        }
        # Below a folder of $fpath this file is the function itself.
        if [[ $funcstack[1] == _PROGRAM ]]; then _PROGRAM; else compdef _PROGRAM PROGRAM; fi

        """#

    private static let fishScript = #"""
        # fish completion for PROGRAM: PROGRAM completion fish | source
        function __PROGRAM_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            # As fleet would get it, without a quote that is still open.
            set -l typed (string unescape -- (string trim --left --chars "'\"" -- $current))
            set -l found (PROGRAM --complete $words[2..-1] "$typed" 2>/dev/null)
            switch "$found[1]"
                case :files
                    __fish_complete_path "$current"
                case :directories
                    __fish_complete_directories "$current"
                case '*'
                    printf '%s\n' $found
            end
        end
        complete -c PROGRAM -f -a '(__PROGRAM_complete)'

        """#
}
