# Completion of the command incidents in bash. In ~/.bashrc: eval "$(incidents completion bash)"
_incidents_completion() {
    local kind value
    COMPREPLY=()
    while IFS=$'\t' read -r kind value; do
        case $kind in
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
            open) COMPREPLY+=("$value"); compopt -o nospace 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(
        COMP_TYPED="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" \
            _INCIDENTS_COMPLETE=bash_complete "$1" 2>/dev/null
    )
}
complete -o nosort -F _incidents_completion incidents 2>/dev/null || complete -F _incidents_completion incidents
