#!/usr/bin/env bash
# Four processes search an index while a fifth commits to it, again and again.
#
#   scripts/reader-loop.sh PROGRAM [SECONDS]
#
# Every commit replaces all documents, and all say which commit they are of. So an answer must have all
# documents, all of one commit, and none of one before that of the last answer. Two readers open the index
# anew for each answer; two are sessions, which have it open all the time.
set -euo pipefail

program=$1
seconds=${2:-60}
documents=40
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files=$work/files index=$work/index
mkdir "$files"

write_files() {
  local number
  for number in $(seq 1 "$documents"); do
    echo "all commit$1 file$number" >"$files/$number.txt"
  done
}

# Fails where the lines are not those of one commit, whole and not before $last; else sets $last.
look_at() {
  local commits
  commits=$(sed -n 's/.* commit\([0-9]*\) .*/\1/p' <<<"$1" | sort | uniq -c)
  read -r count commit rest <<<"$commits"
  if [ "$count" != "$documents" ] || [ -n "$rest" ] || [ "$commit" -lt "$last" ]; then
    echo "reader-loop: behind commit $last a reader has found" $commits >&2
    exit 1
  fi
  last=$commit
  answers=$((answers + 1))
}

# Opens the index for each answer.
open_often() {
  while [ ! -e "$work/done" ]; do
    look_at "$("$program" --index "$index" --no-refresh -n 0 all 2>"$work/errors$1")"
  done
}

# Asks a session that stays.
ask_session() {
  local line lines
  mkfifo "$work/in$1" "$work/out$1"
  "$program" repl --index "$index" <"$work/in$1" >"$work/out$1" 2>"$work/errors$1" &
  exec 3>"$work/in$1" 4<"$work/out$1"
  printf '.set refresh off\n.limit 0\n' >&3
  while [ ! -e "$work/done" ]; do
    echo all >&3
    lines=
    for _ in $(seq 1 "$documents"); do
      read -r -t 60 line <&4 || { echo "reader-loop: a session says no more" >&2; exit 1; }
      lines+=$line$'\n'
    done
    look_at "$lines"
  done
  exec 3>&-
  wait
}

write_files 0
"$program" index "$files" --index "$index" -q
readers=()
for number in 1 2 3 4; do
  (
    last=0 answers=0
    if [ $((number % 2)) = 0 ]; then ask_session "$number"; else open_often "$number"; fi
    echo "$answers $last" >"$work/answers$number"
  ) &
  readers+=($!)
done
SECONDS=0
commits=0
while [ "$SECONDS" -lt "$seconds" ]; do
  commits=$((commits + 1))
  write_files "$commits"
  "$program" index "$files" --index "$index" -q
done
touch "$work/done"
for reader in "${readers[@]}"; do
  wait "$reader" || { cat "$work"/errors* >&2; exit 1; }
done
total=0
for number in 1 2 3 4; do
  read -r answers last <"$work/answers$number"
  total=$((total + answers))
  [ "$answers" -gt 0 ] || { echo "reader-loop: reader $number had no answer" >&2; exit 1; }
done
"$program" check --index "$index" >/dev/null
echo "reader-loop: 4 processes had $total answers while $commits commits were made: whole commits all"
