# What there is to do with this checkout. `make` alone lists the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

SWIFT ?= swift
PREFIX ?= /usr/local
# The query of `make run`.
Q ?= lock-in rate
# `make run` lights the matches even where its output is not a terminal.
COLOR ?= always
# debug catches overflows and failed assertions; release is faster.
TEST_CONFIGURATION ?= debug
# More options for `swift test`, such as --filter PATTERN.
TEST_FLAGS ?=

# A cold command starts sooner with the standard library inside, and at a fixed address: 44,000 pointers
# need not be set then. Apple's linker can do neither.
STATIC := $(if $(filter Darwin,$(shell uname -s)),,--static-swift-stdlib -Xlinker -no-pie)
RELEASE := -c release $(STATIC)
BIN = $(shell $(SWIFT) build -c release --show-bin-path)/evsearch
TEST_BUILD := $(if $(filter release,$(TEST_CONFIGURATION)),-c release -Xswiftc -enable-testing --scratch-path .build-test,)
SWIFT_FOLDERS = $(wildcard Package.swift Sources Tests Benchmarks)

# Through the environment, so that no character of a query means anything to the shell.
export Q

.PHONY: help deps build run test sanitize index check-index checksums lint format bench bench-peers install demo startup clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

deps: ## install the libraries that are missing
	@scripts/deps.sh

build: deps ## build the program, optimized
	@$(SWIFT) build $(RELEASE) --product evsearch >&2

run: index ## index seeds/ and answer a query; another one: make run Q="factory inventory"
	@"$(BIN)" --index Index --heading --color "$(COLOR)" -- "$$Q"

test: deps ## run all tests; faster, with fewer checks: make test TEST_CONFIGURATION=release
	@$(SWIFT) build --build-tests $(TEST_BUILD)
	@$(SWIFT) test --skip-build $(TEST_BUILD) $(TEST_FLAGS)

sanitize: deps ## run all tests under the address sanitizer
	@SWIFT="$(SWIFT)" scripts/sanitize.sh

index: build ## build or update the index of seeds/ in Index/
	@"$(BIN)" index seeds --index Index

check-index: build ## build the index twice; compare the two, and with Index/CHECKSUMS
	@scripts/index-checksums.sh check "$(BIN)"

checksums: build ## record the bytes of the index in Index/CHECKSUMS, on purpose
	@scripts/index-checksums.sh write "$(BIN)"

lint: ## check the form of the code, and the size of the files
	@scripts/lint.sh

format: ## put the Swift files into form
	@$(SWIFT) format --in-place --parallel --recursive --configuration .swift-format $(SWIFT_FOLDERS)

bench: deps ## time the kernels, each beside a plain loop that does the same
	@$(SWIFT) build -c release --product evsearch-kernels >&2
	@"$(dir $(BIN))evsearch-kernels"

bench-peers: deps ## time evsearch beside other engines; to keep it: make bench-peers RECORD=NAME
	@$(SWIFT) build -c release --product evsearch-bench >&2
	@EVSEARCH_BENCH="$(dir $(BIN))evsearch-bench" Benchmarks/bench-peers

install: build ## install the program as PREFIX/bin/evsearch (PREFIX is /usr/local)
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 "$(BIN)" "$(DESTDIR)$(PREFIX)/bin/evsearch"
	@scripts/install-extras.sh "$(BIN)" "$(DESTDIR)$(PREFIX)/share"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/evsearch"

demo: build ## record what the program prints: README.md, and Golden in the tests
	@$(SWIFT) build --build-tests
	@EV_PROGRAM="$(BIN)" EV_RECORD=1 $(SWIFT) test --skip-build --filter 'DemoTests|HelpTests|ReadmeTests'

startup: build ## time a cold command beside rg and sqlite3
	@Benchmarks/scripts/startup.py "$(BIN)" seeds

clean: ## remove what was built, the index too
	@rm -rf .build .build-*
	@find Index -mindepth 1 -maxdepth 1 ! -name README.md ! -name CHECKSUMS ! -name collection.conf \
	  -exec rm -rf {} +
