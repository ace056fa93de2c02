#!/usr/bin/env bash
# Sees to it that the libraries which evsearch links are installed, with their headers.
# Where all are there, it changes nothing and uses no network.
set -euo pipefail

# One library a line: pkg-config name, Debian package, Homebrew formula.
libraries='
icu-uc         libicu-dev        icu4c
libstemmer     libstemmer-dev    snowball
libzstd        libzstd-dev       zstd
libxxhash      libxxhash-dev     xxhash
libedit        libedit-dev       libedit
libcmark-gfm   libcmark-gfm-dev  cmark-gfm
libcmark-gfm-extensions libcmark-gfm-extensions-dev cmark-gfm
simdjson       libsimdjson-dev   simdjson
gumbo          libgumbo-dev      gumbo-parser
libarchive     libarchive-dev    libarchive
libxml-2.0     libxml2-dev       libxml2
'

swift_needed=6.3

has_debian() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

has_library() { # pkg-config name, Debian package, Homebrew formula
  if command -v pkg-config >/dev/null && pkg-config --exists "$1"; then return 0; fi
  if command -v dpkg-query >/dev/null && has_debian "$2"; then return 0; fi
  command -v brew >/dev/null && brew list --versions "$3" >/dev/null 2>&1
}

check_swift() {
  local version=
  if command -v swift >/dev/null; then
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p')
  fi
  if [ -z "$version" ]; then
    echo "deps: Swift $swift_needed or later is needed, and there is no swift in PATH: https://www.swift.org/install" >&2
    return 1
  fi
  if [ "$(printf '%s\n' "$swift_needed" "$version" | sort -V | head -n 1)" != "$swift_needed" ]; then
    echo "deps: Swift $swift_needed or later is needed; this is $version: https://www.swift.org/install" >&2
    return 1
  fi
}

check_swift

debian=() brew=()
while read -r module package formula; do
  [ -n "$module" ] || continue
  has_library "$module" "$package" "$formula" && continue
  debian+=("$package")
  brew+=("$formula")
done <<<"$libraries"

if [ ${#debian[@]} -eq 0 ]; then
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  {
    echo "deps: missing libraries (by their Debian names): ${debian[*]}"
    echo "deps: with Homebrew:  brew install ${brew[*]}"
    echo "deps: elsewhere, install the packages that hold their headers, and pkg-config."
  } >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "deps: missing packages; as root, run:  apt-get install ${debian[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "deps: installing ${debian[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
${as_root[@]+"${as_root[@]}"} apt-get update -qq >&2
${as_root[@]+"${as_root[@]}"} apt-get install -y -qq --no-install-recommends "${debian[@]}" >&2
