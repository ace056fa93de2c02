#!/usr/bin/env bash
# Indexes a corpus that is many times as large as the memory it may take, and watches the memory.
#
#   scripts/memory-limit.sh PROGRAM [MEBIBYTES] [FACTOR]
#
# The kernel's own high-water mark of the resident set (VmHWM) is read while the program runs, through
# indexing and through the merge of everything into one segment; it fails where the mark is above the limit.
set -euo pipefail

program=$1
limit=${2:-160}
factor=${3:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files"

# Sixteen mebibytes of records with words as frequent as in language, under many names.
awk -v bytes=$((16 << 20)) 'BEGIN {
  srand(1)
  for (id = 1; size < bytes; id++) {
    text = ""
    for (word = 0; word < 250; word++) text = text " w" int(exp(rand() * 12.5))
    line = "{\"id\": \"" id "\", \"text\": \"" text "\"}"
    size += length(line) + 1
    print line
  }
}' >"$work/part"
for number in $(seq 1 $((limit * factor / 16))); do ln "$work/part" "$work/files/$number.jsonl"; done

"$program" index "$work/files" --index "$work/index" --memory "${limit}M" --optimize -q &
pid=$!
peak=0
# Until the process is gone, or is one that only waits to be asked for its status and has no memory.
while [ -r "/proc/$pid/status" ]; do
  mark=
  while read -r key value _; do
    if [ "$key" = VmHWM: ]; then mark=$value; fi
  done <"/proc/$pid/status" 2>/dev/null || true
  [ -n "$mark" ] || break
  [ "$mark" -le "$peak" ] || peak=$mark
  sleep 0.1
done
wait "$pid"
size=$(du -m "$work/index" | tail -1 | cut -f1)
echo "memory-limit: peak $((peak / 1024)) MiB of $limit MiB, corpus $((limit * factor)) MiB, index $size MiB"
[ $((peak / 1024)) -le "$limit" ]
