#!/usr/bin/env bash
# Runs the tests under the address sanitizer, suite by suite, and states the time of each.
#
#   scripts/sanitize.sh [SUITE ...]
#
# The build is optimized, with the checks of Swift as they are delivered, because the sanitizer makes a
# debug build too slow. Leaks that are none, or not ours, are listed below. EV_LONG=1 damages 100,000 inputs
# of each kind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift=${SWIFT:-swift}
build=(-c release -Xswiftc -enable-testing --sanitize=address --scratch-path .build-sanitize)
if [ $# -gt 0 ]; then
  suites=("$@")
else
  suites=()
  for folder in Tests/Ev*Tests; do suites+=("$(basename "$folder")"); done
fi

"$swift" build --build-tests "${build[@]}" >&2
# What is kept by enumerations that live to the end, whose pointers have a tag that the sanitizer does not know:
# in static properties, and the queries of a damaged index. What Foundation, libedit and terminfo keep.
known=$PWD/.build-sanitize/known-leaks
printf 'leak:%s\n' once_slow DamagedIndex Foundation wcsdup libtinfo >"$known"
export LSAN_OPTIONS=suppressions=$known:print_suppressions=0
failed=0
for suite in "${suites[@]}"; do
  log=.build-sanitize/$suite.log
  start=$SECONDS
  # XCTest, which no test is written with, leaks a little.
  if "$swift" test --skip-build --disable-xctest "${build[@]}" --filter "^$suite\\." >"$log" 2>&1; then
    result=passed
  else
    result=FAILED
    failed=1
  fi
  printf '%-20s %s in %d s: %s\n' "$suite" "$result" $((SECONDS - start)) \
    "$(grep -o 'Test run with .*' "$log" | tail -1)"
  [ "$result" = passed ] || grep -E 'ERROR: |SUMMARY: |recorded an issue' "$log" | head -20
done
exit $failed
