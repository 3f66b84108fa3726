#!/bin/sh
# Sees that what the named parts need is there: rust, lints, browser, postgres, token, provider, mail, calendars. Installs Debian's packages where it may; says plainly where not.
set -eu

say() { printf '%s\n' "$*" >&2; }

rust() {
    if ! command -v cargo >/dev/null 2>&1; then
        # rustup's own place, when its line is not in the shell's start file yet.
        # shellcheck disable=SC1091
        [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    fi
    command -v cargo >/dev/null 2>&1 || { say "Rust is missing: install it from https://rustup.rs, then try again."; exit 1; }
    command -v cc >/dev/null 2>&1 || packages gcc libc6-dev
}

lints() {
    # rustup's minimal profile comes without them.
    for part in clippy rustfmt; do
        tool=cargo-$part
        [ $part = rustfmt ] && tool=cargo-fmt
        command -v "$tool" >/dev/null 2>&1 && "$tool" --version >/dev/null 2>&1 && continue
        command -v rustup >/dev/null 2>&1 || { say "Please install the Rust component $part."; exit 1; }
        rustup component add "$part" </dev/null
    done
}

browser() {
    { command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; } || packages chromium chromium-driver
}

postgres() {
    # Debian keeps the server's programs out of the path.
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages postgresql
}

token() {
    # A PKCS#11 token in software, for tests only.
    { command -v softhsm2-util >/dev/null 2>&1 && command -v pkcs11-tool >/dev/null 2>&1; } || packages softhsm2 opensc
}

provider() {
    # An OpenID provider, which the tests start on ports of their own.
    { [ -x /usr/bin/glewlwyd ] && command -v openssl >/dev/null 2>&1; } || packages glewlwyd openssl
}

mail() {
    # An SMTP server in Python, which the tests start on ports of their own: Debian's python, whatever else stands in the path.
    { /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null && command -v openssl >/dev/null 2>&1; } || packages python3-aiosmtpd openssl
}

calendars() {
    # Programs that read calendars: khal, and the library of several others with a compiler for the few lines that ask it.
    { command -v khal >/dev/null 2>&1 && [ -e /usr/include/libical/ical.h ] && command -v cc >/dev/null 2>&1; } || packages khal libical-dev gcc
}

packages() {
    say "Installing Debian packages: $*"
    root=
    if [ "$(id -u)" != 0 ]; then
        # -n: never wait for a password that nobody is there to type.
        { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; } || { say "Please install as root: apt-get install $*"; exit 1; }
        root="sudo -n"
    fi
    command -v apt-get >/dev/null 2>&1 || { say "Please install: $*"; exit 1; }
    $root apt-get update -q >/dev/null </dev/null
    DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends "$@" >/dev/null </dev/null
}

for part in "$@"; do
    case $part in
        rust) rust ;;
        lints) lints ;;
        browser) browser ;;
        postgres) postgres ;;
        token) token ;;
        provider) provider ;;
        mail) mail ;;
        calendars) calendars ;;
        *) say "need.sh: rust, lints, browser, postgres, token, provider, mail or calendars"; exit 2 ;;
    esac
done
