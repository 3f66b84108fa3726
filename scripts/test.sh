#!/bin/sh
# `make test`: every proof in sections, each with its time; goes on after a failure, ends with counts, fails if any failed.
# `make lint` runs the sections that need no tests. One compile profile (dev) for all; clippy's check build is the second.
set -u
cd "$(dirname "$0")/.."
log=target/test-log
rm -rf "$log"
mkdir -p "$log"
passed=0 failed=0 failures=
begun=$(date +%s)
export CARGO_TERM_COLOR=never
# Nothing is compiled twice in a run of continuous integration: what helps the second time only costs disk.
[ "${CI:-}" = true ] && export CARGO_INCREMENTAL=0
# Private items are documented too, so links to them lead somewhere.
export RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links"

section() { # title, command...
    title=$1
    shift
    start=$(date +%s)
    printf '\n=== %s\n' "$title"
    file=$log/$(printf '%s' "$title" | tr -c 'a-z0-9\n' '-').log
    if "$@" </dev/null >"$file" 2>&1; then
        passed=$((passed + 1))
        grep -hE '^(test result:|     Summary|skipped:)' "$file" | sort | uniq -c | sed 's/^ *\([0-9]*\) /    \1x /' | tail -n 40
        printf '    ok, %s s\n' "$(($(date +%s) - start))"
    else
        failed=$((failed + 1))
        failures="$failures
    $title ($file)"
        tail -n 120 "$file"
        printf '    FAILED, %s s; all of it is in %s\n' "$(($(date +%s) - start))" "$file"
    fi
}

scripts/need.sh rust lints || exit 1
[ "${1:-}" = lint ] || scripts/need.sh browser postgres token provider mail calendars || exit 1
PATH="$HOME/.cargo/bin:$PATH"

# Always the whole workspace, also for one test: selecting a package would change features and compile its dependencies anew.
with_nextest() {
    cargo nextest run --locked --workspace --no-fail-fast --status-level fail --final-status-level slow --success-output never \
        -E 'not binary(browser)' && cargo test --locked --workspace --doc
}
with_cargo() { cargo test --locked --workspace --no-fail-fast; }
# All browser tests share one process, because they share one demonstration.
in_browser() { cargo test --locked --workspace --test browser -- --nocapture --test-threads 1; }

lints() {
    section "lints" cargo clippy --locked --workspace --all-targets -- -D warnings
    section "documentation" cargo doc --locked --workspace --no-deps --document-private-items
}
# A browser test mostly waits for pages: lints are compiled meanwhile.
browser_and_lints() {
    in_browser </dev/null >"$log/browser-beside.log" 2>&1 &
    browser=$!
    lints
    section "browser" ended "$browser" "$log/browser-beside.log"
}
ended() { # process, log
    wait "$1"
    status=$?
    cat "$2"
    return "$status"
}

section "format" cargo fmt --all --check
section "house rules" scripts/house.sh
if [ "${1:-}" = lint ]; then
    lints
else
    if cargo nextest --version >/dev/null 2>&1; then
        section "tests" with_nextest
        browser_and_lints
    else
        lints
        section "tests" with_cargo
    fi
    if command -v cargo-deny >/dev/null 2>&1; then
        section "licences and sources" cargo deny --offline check licenses bans sources
    else
        printf '\n=== licences and sources\n    skipped: cargo-deny is not installed\n'
    fi
fi

# nextest: "N tests run: N passed"; cargo test: "test result: ok. N passed"
count() { cat "$log"/tests.log "$log"/browser.log 2>/dev/null | sed -nE "$1" | awk '{ n += $1 } END { print n + 0 }'; }
good=$(( $(count 's/^test result: [a-zA-Z]+\. ([0-9]+) passed.*/\1/p') + $(count 's/.*Summary.* ([0-9]+) passed.*/\1/p') ))
bad=$(( $(count 's/^test result: .* ([0-9]+) failed;.*/\1/p') + $(count 's/.*Summary.* ([0-9]+) failed.*/\1/p') ))
printf '\nof the disk: %s, %s left\n' "$(du -sh target | cut -f 1)" "$(df -h . | awk 'NR == 2 { print $4 }')"
printf '\n%s sections ok, %s failed; ' "$passed" "$failed"
[ "${1:-}" = lint ] || printf '%s tests passed, %s failed; ' "$good" "$bad"
printf '%s s\n' "$(($(date +%s) - begun))"
if [ "$failed" -gt 0 ]; then
    printf 'failed:%s\n' "$failures"
    exit 1
fi
