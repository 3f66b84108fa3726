#!/bin/sh
# House rules that no compiler knows: file openings, links and paths in documents, lengths, samples.
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

# Paths in backquotes that begin with a folder of the repository exist; `<name>` and `{one,other}` stand for anything.
tops=$(git ls-files | sed -n 's|/.*||p' | sort -u)
for file in README.md ARCHITECTURE.md CONTRIBUTING.md $(git ls-files -co --exclude-standard 'docs/*.md'); do
    [ -f "$file" ] || continue
    for path in $(grep -oE '`[^` ]+/[^` ]*' "$file" | tr -d '`' | sed -E 's/<[^>]*>|\{[^}]*\}/*/g' | sort -u); do
        printf '%s\n' "$tops" | grep -qxF -- "${path%%/*}" || continue
        # Where nothing fits, the path comes out of this loop as it went in.
        for found in $path; do
            [ -e "$found" ] || wrong "$file: \`$found\` does not exist"
        done
    done
done

# Tests of one program: a file that no line names would never run.
for root in crates/testkit/tests/exchange.rs crates/node/tests/entente.rs; do
    for file in "$(dirname "$root")"/*.rs; do
        name=$(basename "$file" .rs)
        [ "$file" = "$root" ] || grep -qE "^mod $name;|\"$name\.rs\"" "$root" || wrong "$file: $root does not name it"
    done
done

[ "$(wc -l <ARCHITECTURE.md)" -lt 200 ] || wrong "ARCHITECTURE.md: 200 lines or more"
# `#[allow]` hides what `#[expect]` would tell.
grep -rn --include='*.rs' '#!\?\[allow(' crates bench && wrong "use #[expect(lint, reason = ...)] in place of #[allow]"

exit $bad
