#!/usr/bin/env bash
# Shows that the index of seeds/ is the same bytes wherever it is built, and that they are the bytes
# which Index/CHECKSUMS records.
#
#   index-checksums.sh check EVSEARCH    fails where the bytes differ
#   index-checksums.sh write EVSEARCH    records the present bytes, after the same check
#
# EVSEARCH is the program. Status 0: the same; 1: they differ; 2: could not be found out.
set -euo pipefail
export LC_ALL=C
unset EVSEARCH_INDEX

# Files of an index folder that are not part of the index: they are in git, hold a lock, or tell of
# the source files' times.
excluded='^(README\.md|CHECKSUMS|collection\.conf|lock|files)$'

# Libraries whose version may change the bytes, as `evsearch status --versions` names them. Only
# these excuse a difference; a change of ours never does.
libraries='^(icu|zstd|snowball) '

fail() { # status, message
  echo "check-index: $2" >&2
  exit "$1"
}

usage='usage: index-checksums.sh check|write EVSEARCH'
[ $# -eq 2 ] || fail 2 "$usage"
verb=$1
case $verb in check | write) ;; *) fail 2 "$usage" ;; esac
[ -x "$2" ] || fail 2 "there is no program $2; build it with: make build"
evsearch=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")

cd "$(dirname "${BASH_SOURCE[0]}")/.."
recorded=Index/CHECKSUMS

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# One line a file of an index folder: checksum, two spaces, relative path; ascending by path.
list() {
  (
    cd "$1"
    find . -type f | sed 's|^\./||' | { grep -Ev "$excluded" || true; } | sort |
      while IFS= read -r path; do sha256 "$path"; done
  )
}

build() { # folder, threads, name of the result
  "$evsearch" index "$1" --index "$work/$3" --threads "$2" </dev/null >"$work/$3.log" 2>&1 || {
    cat "$work/$3.log" >&2
    fail 2 "evsearch index failed for $3"
  }
  "$evsearch" check --index "$work/$3" </dev/null >"$work/$3.log" 2>&1 || {
    cat "$work/$3.log" >&2
    fail 1 "evsearch check found the index $3 damaged"
  }
  list "$work/$3" >"$work/$3.sums"
  [ -s "$work/$3.sums" ] || fail 2 "the index $3 has no files"
}

# The second build has other threads, another folder, and files with other times, written in
# another order: none of that may show.
mkdir "$work/elsewhere"
(cd seeds && find . -type f | sort -r) | while IFS= read -r path; do
  mkdir -p "$work/elsewhere/$(dirname "$path")"
  cat "seeds/$path" >"$work/elsewhere/$path"
  touch -t 200102030405.06 "$work/elsewhere/$path"
done
build seeds 1 one-thread
build "$work/elsewhere" 2 two-threads
if ! difference=$(diff "$work/one-thread.sums" "$work/two-threads.sums"); then
  printf '%s\n' "$difference" >&2
  fail 1 "two builds of seeds/ differ (<: 1 thread, >: 2 threads in another folder)"
fi
count=$(wc -l <"$work/one-thread.sums" | tr -d ' ')
echo "check-index: two builds of seeds/ (1 and 2 threads) are the same bytes: $count files"

"$evsearch" status --versions </dev/null >"$work/all-versions" ||
  fail 2 "evsearch status --versions failed"
grep -E "$libraries" "$work/all-versions" | sort >"$work/versions" ||
  fail 2 "evsearch status --versions names none of the libraries"

if [ "$verb" = write ]; then
  {
    echo "# The index of seeds/, one line a file. Checked by \`make check-index\`, written by"
    echo "# \`make checksums\`. It holds for these versions of the libraries:"
    sed 's/^/# /' "$work/versions"
    cat "$work/one-thread.sums"
  } >"$work/CHECKSUMS"
  cat "$work/CHECKSUMS" >"$recorded"
  echo "check-index: $recorded written"
  exit 0
fi

[ -f "$recorded" ] || fail 1 "there is no $recorded; write it with: make checksums"
{ sed -n 's/^# //p' "$recorded" | grep -E "$libraries" || true; } | sort >"$work/recorded-versions"
[ -s "$work/recorded-versions" ] || fail 2 "$recorded names no version of the libraries"
if ! cmp -s "$work/recorded-versions" "$work/versions"; then
  echo "check-index: SKIPPED the comparison with $recorded, which holds for" \
    "$(paste -sd, "$work/recorded-versions" | sed 's/,/, /g'); here is" \
    "$(paste -sd, "$work/versions" | sed 's/,/, /g')"
  exit 0
fi

grep -v '^#' "$recorded" >"$work/recorded-sums" || true
if ! difference=$(diff "$work/recorded-sums" "$work/one-thread.sums"); then
  printf '%s\n' "$difference" >&2
  fail 1 "the index differs from $recorded (<: recorded, >: built). If that is meant: make checksums"
fi
echo "check-index: the same as $recorded"
