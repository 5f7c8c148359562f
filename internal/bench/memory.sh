#!/usr/bin/env bash
# Measures the memory that archiving takes: captures of 170 kB stored by one
# process, eight at a time. Fails where its peak is above 150 MiB.
#
#   internal/bench/memory.sh [CAPTURES]      default 10000
#
# Needs bash, GNU time, Go, and disk for a fifth of the pages.
set -euo pipefail

cd "$(dirname "$0")"
gnutime=$(type -P time) || { echo "memory: GNU time is not installed" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/" ./cmd/puts

echo "| captures of 170 kB | peak memory | CPU s |"
echo "|---:|---:|---:|"
for n in $((${1:-10000} / 10)) "${1:-10000}"; do
	"$gnutime" -q -f '%M %U %S' -o "$work/time" "$work/puts" -n "$n" "$work/archive-$n"
	read -r kib user sys <"$work/time"
	awk -v n="$n" -v k="$kib" -v c="$(awk "BEGIN { print $user + $sys }")" 'BEGIN { printf "| %d | %.0f MiB | %.1f |\n", n, k / 1024, c }'
	rm -rf "$work/archive-$n"
done
if ((kib > 150 * 1024)); then
	echo "memory: more than 150 MiB" >&2
	exit 1
fi
