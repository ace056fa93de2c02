#!/usr/bin/env bash
# The checks of form: Swift style, length of files, syntax of scripts, size of tracked files.
# All of them run; the status is 1 where one has failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

longest=400
largest=1048576

# Files that are a table, and may be longer. One path a line.
tables='
Sources/EvAnalysis/Languages/LanguageWords.swift
'

failed=0
problem() {
  echo "lint: $*" >&2
  failed=1
}

# Ours are the tracked files and the new ones that git would take; elsewhere, all but the builds.
files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard
  else
    find . -type f -not -path './.build*' -not -path './.git/*' | sed 's|^\./||'
  fi | sort | while IFS= read -r path; do
    if [ -f "$path" ]; then printf '%s\n' "$path"; fi
  done
}

all=$(mktemp)
swift=$(mktemp)
trap 'rm -f "$all" "$swift"' EXIT
files >"$all"
grep -E '^(Package\.swift|(Sources|Tests|Benchmarks)/.*\.swift)$' "$all" | tr '\n' '\0' >"$swift"

xargs -0 swift format lint --strict --parallel --configuration .swift-format <"$swift" ||
  problem "swift format: see above; most of it is mended by: make format"

checked=0
while IFS= read -r path; do
  checked=$((checked + 1))
  bytes=$(wc -c <"$path")
  if [ "$bytes" -gt "$largest" ]; then
    problem "$path has $((bytes)) bytes; over $largest do not belong in git"
    continue
  fi
  case $path in
    *.swift | *.c | *.cc | *.cpp | *.h | *.sh | *.py)
      lines=$(wc -l <"$path")
      if [ "$lines" -gt "$longest" ] && ! grep -Fxq -- "$path" <<<"$tables"; then
        problem "$path has $((lines)) lines; over $longest it is probably two files"
      fi
      ;;
  esac
  case $path in
    *.sh | .ci/run | Benchmarks/run)
      bash -n "$path" || problem "$path is not valid shell"
      [ -x "$path" ] || problem "$path is not executable"
      ;;
  esac
done <"$all"

if [ "$failed" -eq 0 ]; then echo "lint: $checked files, nothing to mend"; fi
exit "$failed"
