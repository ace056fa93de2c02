#!/usr/bin/env bash
# Installs the manual pages and the completions of the shells: install-extras.sh PROGRAM SHARE
set -euo pipefail
program=$1
share=$2

put() {
  install -d "$(dirname "$share/$2")"
  "$program" --generate "$1" >"$share/$2"
  chmod 644 "$share/$2"
}

put man man/man1/evsearch.1
put man-query man/man7/evsearch-query.7
put man-config man/man5/evsearch-config.5
put man-index man/man5/evsearch-index.5
put complete-bash bash-completion/completions/evsearch
put complete-zsh zsh/site-functions/_evsearch
put complete-fish fish/vendor_completions.d/evsearch.fish
