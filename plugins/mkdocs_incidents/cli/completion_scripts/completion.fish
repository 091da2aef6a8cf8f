# Completion of the command incidents in fish. In ~/.config/fish/config.fish: incidents completion fish | source
function __incidents_completion
    set -l typed (commandline -cp | string collect)
    for line in (env COMP_TYPED=$typed _INCIDENTS_COMPLETE=fish_complete incidents 2>/dev/null)
        set -l fields (string split -m 2 \t -- $line)
        switch $fields[1]
            case file
                __fish_complete_path (commandline -ct)
            case dir
                __fish_complete_directories (commandline -ct)
            case '*'
                string join \t -- $fields[2..]
        end
    end
end
complete --command incidents --no-files --keep-order --arguments '(__incidents_completion)'
