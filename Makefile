# What people type. Everything runs from a fresh clone with Rust by rustup and a C compiler; see `make help`.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test lint sim bench pictures album

SEEDS ?= 10000
SEED ?=
# States in the simulation (2, 3 or 4; empty: chosen by each seed), its theme (such as forks; empty: any) and threads.
NODES ?=
THEME ?=
JOBS ?=
BENCH ?=
# Folder of real inputs beside the repository; used if present.
SHARED ?= ../shared/data

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: ## two fictional nodes on this machine, left open until Ctrl-C
	@scripts/need.sh rust
	cargo run --locked --profile demo -p entente-node --bin entente -- demo

test: ## everything that proves it; ends with counts
	@scripts/test.sh

lint: ## format, lints as errors, documentation: the quick part of test
	@scripts/test.sh lint

sim: ## simulation of two to four nodes under faults: SEEDS=n, NODES=n, THEME=t, JOBS=n, or SEED=x to replay one
	@scripts/need.sh rust
	cargo run --locked --release -p entente-testkit --example sim -- $(if $(SEED),1 $(SEED),$(SEEDS)) $(if $(NODES),--nodes $(NODES)) $(if $(THEME),--theme $(THEME)) $(if $(JOBS),--jobs $(JOBS))

bench: ## benchmarks, each ending in one line of key=value: BENCH=exchange, read, exchange-postgres, read-postgres, recovery, memory, policy, chart, evidence or investigation for one
	@scripts/need.sh rust postgres
	cargo build --locked --release --bins -p entente-node -p entente-bench
	cargo run --locked --release -p entente-bench -- $(BENCH)

pictures: ## take the pictures of docs/pictures again from the running program
	@scripts/need.sh rust browser
	cargo test --locked --workspace --test browser -- --ignored --nocapture pictures

album: ## take a picture of every page, both nodes, three languages, two widths, into target/album
	@scripts/need.sh rust browser
	cargo test --locked --workspace --test browser -- --ignored --nocapture album
