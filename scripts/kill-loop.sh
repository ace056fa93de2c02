#!/usr/bin/env bash
# Kills runs of `evsearch index` in the middle of their writing, and looks at the index each time.
#
#   scripts/kill-loop.sh PROGRAM [KILLS] [SEED]
#
# How long a run writes is measured first; each run is then killed at a random moment of that, and counts
# only if it left unfinished files. After each kill -9 the index must open and pass its check, and have
# every document of the last commit that was reported; the next run must need no help, and leave no file
# behind that the manifest does not name.
set -euo pipefail

program=$1
wanted=${2:-200}
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

# Waits until the run has begun to write, and then so many ticks more, or until it is done.
#
# A tick is whatever a sleep of two milliseconds takes here; so nothing depends on the machine's load.
ticks() {
  local tick=0
  until [ -e "$index/building" ]; do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.001
  done
  while [ "$tick" -lt "$1" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.002
    tick=$((tick + 1))
  done
  waited=$tick
}

# Starts a run; sometimes the index will be of many runs, sometimes of one segment.
start_run() {
  local options=()
  [ $((RANDOM % 3)) = 0 ] && options+=(--optimize)
  [ $((RANDOM % 5)) = 0 ] && options+=(--rebuild)
  "$program" index "$files" --index "$index" -q ${options[@]+"${options[@]}"} &
  pid=$!
}

round=0
write_files 0
start_run
wait "$pid"
# The longest of a few runs.
longest=1
for round in 1 2 3; do
  write_files "$round"
  start_run
  waited=0
  ticks 10000
  wait "$pid"
  [ "$waited" -le "$longest" ] || longest=$waited
done
committed=$round
killed=0
while [ "$killed" -lt "$wanted" ]; do
  round=$((round + 1))
  [ "$round" -le $((20 * wanted + 20)) ] || fail "only $killed kills have met a run that wrote"
  write_files "$round"
  start_run
  ticks $((RANDOM % (longest + 1)))
  kill -9 "$pid" 2>/dev/null || true
  # A run that was killed, and whose unfinished files are there.
  if wait "$pid" 2>/dev/null; then
    committed=$round
  elif [ -e "$index/building" ]; then
    killed=$((killed + 1))
  fi

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
echo "kill-loop: $killed kills in the middle of a write, nothing lost ($((round - 3)) runs)"
