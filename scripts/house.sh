#!/bin/sh
# House rules that no compiler knows: file openings, links in documents, lengths, samples.
set -u
bad=0
wrong() { printf '%s\n' "$*"; bad=1; }

for file in $(git ls-files -co --exclude-standard '*.rs'); do
    [ -f "$file" ] || continue
    case $(head -n 1 "$file") in
        '//!'*) ;;
        *) wrong "$file: opens without //! saying what it is for" ;;
    esac
done

# Relative links in documents lead somewhere.
for file in $(git ls-files -co --exclude-standard '*.md'); do
    [ -f "$file" ] || continue
    for link in $(sed -nE 's/[^]]*\]\(([^)#: ]+)(#[^)]*)?\)/\1\n/gp' "$file" | grep -vE '[^A-Za-z0-9_./-]' ); do
        [ -e "$(dirname "$file")/$link" ] || wrong "$file: $link leads nowhere"
    done
done

[ "$(wc -l <ARCHITECTURE.md)" -lt 200 ] || wrong "ARCHITECTURE.md: 200 lines or more"
# `#[allow]` hides what `#[expect]` would tell.
grep -rn --include='*.rs' '#!\?\[allow(' crates bench && wrong "use #[expect(lint, reason = ...)] in place of #[allow]"

exit $bad
