#!/usr/bin/env bash
# Kills a run of `evsearch index` at many moments, and looks at the index each time.
#
#   scripts/kill-loop.sh PROGRAM [ROUNDS] [SEED]
#
# After each kill -9 the index must open and pass its check; every document of the last commit that was
# reported must be found; the next run must need no help, and leave no file behind that the manifest does
# not name.
set -euo pipefail

program=$1
rounds=${2:-200}
RANDOM=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files=$work/files index=$work/index
mkdir "$files"

fail() {
  echo "kill-loop: round $round: $1" >&2
  exit 1
}

# Documents that say in which round they were written; a run takes long enough to be met in the middle.
write_files() {
  local number line text
  printf -v line 'word%s ' {1..400}
  for number in $(seq 1 150); do
    text="round$1 file$number $((RANDOM)) $line"
    printf '%s\n' "$text $text $text $text" >"$files/$number.txt"
  done
}

count() {
  "$program" --index "$index" -c "$1" 2>/dev/null || [ $? = 1 ]
}

round=0
write_files 0
"$program" index "$files" --index "$index" -q
killed=0
committed=0
for round in $(seq 1 "$rounds"); do
  write_files "$round"
  # Sometimes an index of many runs, sometimes one segment.
  options=()
  [ $((RANDOM % 3)) = 0 ] && options+=(--optimize)
  [ $((RANDOM % 5)) = 0 ] && options+=(--rebuild)
  "$program" index "$files" --index "$index" -q ${options[@]+"${options[@]}"} &
  pid=$!
  sleep "0.$(printf '%03d' $((RANDOM % 250)))"
  kill -9 "$pid" 2>/dev/null || true
  if wait "$pid" 2>/dev/null; then committed=$round; else killed=$((killed + 1)); fi

  "$program" check --index "$index" >/dev/null || fail "the check does not pass"
  new=$(count "round$round")
  old=$(count "round$committed")
  # One commit or the other, and never a part of both.
  [ "$new" = 150 ] || [ "$old" = 150 ] || fail "$new new documents and $old old ones"
  if [ "$new" = 150 ]; then committed=$round; fi

  if [ $((RANDOM % 4)) = 0 ]; then
    "$program" index "$files" --index "$index" -q || fail "the next run fails"
    [ "$(count "round$round")" = 150 ] || fail "the next run does not have all documents"
    committed=$round
    [ ! -e "$index/building" ] || fail "there are files of the run that was killed"
    folders=$(find "$index" -mindepth 1 -maxdepth 1 -type d | wc -l)
    segments=$("$program" status --index "$index" 2>&1 | sed -n 's/^segments *//p')
    [ "$folders" = "$segments" ] || fail "$folders folders of $segments segments"
  fi
done
echo "kill-loop: $rounds rounds, $killed killed in the middle: nothing lost"
