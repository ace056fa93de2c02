// What a shell runs to complete a command line.

import ArgumentParser

/// The parser's script for a shell, which knows that words without a command are a search.
enum CompletionScript {
  /// The script.
  static func text(for shell: CompletionShell) -> String {
    // fish's argparse takes no full stop as a short name, and then knows no option of the command.
    let script = RootCommand.completionScript(for: shell)
      .replacing("'./hidden'", with: "'hidden'")
    let names = Arguments.commands.sorted().joined(separator: " ")
    let (place, addition) =
      switch shell {
      case .zsh: ("    local context state state_descr line\n", zsh(names))
      case .fish: ("    set -l unparsed_tokens (__evsearch_tokens -pc)\n", fish(names))
      default: ("    local -r cur=\"${2}\"\n", bash(names))
      }
    guard let range = script.firstRange(of: place) else { return script }
    return script[..<range.upperBound] + addition + script[range.upperBound...]
  }

  private static func bash(_ names: String) -> String {
    """
        if [[ " \(names) " != *" ${COMP_WORDS[1]} "* && (${COMP_CWORD} -gt 1 || "${cur}" == -*) ]]; then
            COMP_WORDS=("${COMP_WORDS[0]}" search "${COMP_WORDS[@]:1}")
            COMP_CWORD=$((COMP_CWORD + 1))
        fi

    """
  }

  private static func zsh(_ names: String) -> String {
    """
        local -ar known=(\(names))
        if (( ! ${known[(Ie)${words[2]}]} )) && { (( CURRENT > 2 )) || [[ "${words[2]}" == -* ]] }; then
            words=("${words[1]}" search "${(@)words[2,-1]}")
            (( CURRENT++ ))
        fi

    """
  }

  private static func fish(_ names: String) -> String {
    """
        if not contains -- "$unparsed_tokens[2]" \(names)
            if test (count $unparsed_tokens) -gt 1
                set unparsed_tokens $unparsed_tokens[1] search $unparsed_tokens[2..]
            else if string match -q -- '-*' (commandline -ct)
                set -a unparsed_tokens search
            end
        end

    """
  }
}
