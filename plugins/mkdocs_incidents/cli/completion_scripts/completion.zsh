#compdef incidents
# Completion of the command incidents in zsh. In ~/.zshrc, below compinit: eval "$(incidents completion zsh)"
_incidents() {
    local kind value help
    local -a ends open shown_open plain shown_plain
    local other=0
    while IFS=$'\t' read -r kind value help; do
        case $kind in
            file) _files; return ;;
            dir) _files -/; return ;;
            open) open+=("$value"); shown_open+=("$value${help:+  -- $help}") ;;
            plain) plain+=("$value"); shown_plain+=("$value${help:+  -- $help}") ;;
        esac
        [[ $value == "$PREFIX"* ]] || other=1
    done < <(
        COMP_TYPED="${(j: :)words[1,CURRENT-1]} ${QIPREFIX}${PREFIX}" \
            _INCIDENTS_COMPLETE=zsh_complete "${words[1]}" 2>/dev/null
    )
    (( $#open )) && compadd -U -V incidents -S '' -l -d shown_open -a open
    (( $#plain )) && compadd -U -V incidents -l -d shown_plain -a plain
    # What was typed is a part of these, not their beginning: their common beginning must not take its place.
    (( other && $#open + $#plain > 1 )) && compstate[insert]=menu
    (( $#open + $#plain ))
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _incidents "$@"
else
    compdef _incidents incidents
fi
