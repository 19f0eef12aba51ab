namespace Secrets.Cli.Completion;

/// <summary>What each shell has to be told. All of them ask the tool itself, through its <c>[suggest]</c> directive.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = """
            # secrets completion bash > ~/.local/share/bash-completion/completions/secrets
            _secrets() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(secrets "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -F _secrets secrets
            """,
        ["zsh"] = """
            #compdef secrets
            # secrets completion zsh > "${fpath[1]}/_secrets"
            _secrets() {
                local -a found
                found=("${(@f)$(secrets "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- $found
            }
            compdef _secrets secrets
            """,
        ["fish"] = """
            # secrets completion fish > ~/.config/fish/completions/secrets.fish
            function __secrets
                set -l line (commandline -cp)
                secrets "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -f -c secrets -a '(__secrets)'
            """,
        ["powershell"] = """
            # secrets completion powershell >> $PROFILE
            Register-ArgumentCompleter -Native -CommandName secrets -ScriptBlock {
                param($word, $ast, $position)
                secrets "[suggest:$position]" "$ast" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };
}
