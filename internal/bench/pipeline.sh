#!/usr/bin/env bash
# Measures crawlers as whole processes over sites on the loopback: CPU seconds
# (user and system) a thousand pages, the median of three runs that take turns.
#
#   internal/bench/pipeline.sh [ARTICLES [SITES]]      default 1000 on 1
#
# More than one site needs all of 127.0.0.0/8 on the loopback, as Linux has it.
#
# Needs bash, GNU time and Go; wget and Scrapy are measured where installed.
set -euo pipefail

cd "$(dirname "$0")"
bench=$PWD
sites=${2:-1}
of_each=$(((${1:-1000} + sites - 1) / sites))
articles=$((of_each * sites))
work=$(mktemp -d)
server=
finish() {
	if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; fi
	rm -rf "$work"
}
trap finish EXIT

# The first Python that has Scrapy: Debian's own has it from python3-scrapy.
python=
for p in python3 /usr/bin/python3; do
	if [[ -z $python ]] && "$p" -c 'import scrapy' 2>/dev/null; then python=$p; fi
done

gnutime=$(type -P time) || { echo "pipeline: GNU time is not installed" >&2; exit 2; }
go build -C ../.. -o "$work/scrape" ./cmd/scrape
go build -o "$work/" ./cmd/pages ./cmd/collycrawl

"$work/pages" -n "$of_each" -hosts "$sites" >"$work/address" &
server=$!
until [[ $(wc -l <"$work/address") == "$sites" ]]; do
	kill -0 "$server" # ends the script if the server has ended
	read -rt 0.1 <> <(:) || true
done
mapfile -t starts < <(sed 's|$|/|' "$work/address")
port=$(head -1 "$work/address")
port=${port##*:}
pages=$((articles + sites * ((of_each + 49) / 50 + 1)))
for ((i = 0; i < of_each; i++)); do sed "s|\$|/story/$i|" "$work/address"; done >"$work/list"

# run_X crawls within an empty folder; only that is measured. count_X then tells
# how many pages X had there.
loopback=(--allow-net "127.0.0.0/24:$port" --delay 0s --json -q)
run_scrape() { "$work/scrape" crawl "${starts[@]}" "${loopback[@]}" >out; }
run_scrape_off() { "$work/scrape" crawl "${starts[@]}" --no-archive "${loopback[@]}" >out; }
run_get() { "$work/scrape" get - --page-only "${loopback[@]}" <"$work/list" >out; }
run_get_off() { "$work/scrape" get - --no-archive "${loopback[@]}" <"$work/list" >out; }
run_colly() { "$work/collycrawl" "${starts[@]}" >out; }
run_wget() { wget -q -r -l inf --delete-after --warc-file=pages "${starts[@]}" || [[ $? == 8 ]]; } # 8: there is no robots.txt
run_scrapy() { "$python" -m scrapy runspider "$bench/spider.py" -a "start=$(IFS=,; echo "${starts[*]}")" 2>out; }

# An article counts only if it was read as one.
count_scrape() { echo $(($(grep -c '"outcome":"ok"' out) + pages - articles)); }
count_scrape_off() { count_scrape; }
count_get() { grep -c '"outcome":"ok"' out; }
count_get_off() { count_get; }
count_colly() { cat out; }
count_wget() { echo $(($(zcat pages.warc.gz | grep -ac '^WARC-Type: response') - sites)); }
count_scrapy() { echo $(($(grep -o "'response_received_count': [0-9]*" out | grep -o '[0-9]*$') - sites)); }

# once NAME WANT appends the CPU seconds a thousand pages of one run to NAME.cpu.
once() {
	local n
	rm -rf "$work/run" && mkdir "$work/run" && cd "$work/run"
	"$gnutime" -q -f '%U %S' -o ../time bash -c "$(declare -p loopback work starts bench python); $(declare -f "run_$1"); run_$1" || true
	n=$("count_$1")
	cd "$bench"
	if [[ $n != "$2" ]]; then
		echo "pipeline: $1 had $n pages, want $2" >&2
		exit 1
	fi
	awk -v n="$2" '{ print ($1 + $2) * 1000 / n }' "$work/time" >>"$work/$1.cpu"
}

median() { sort -g "$work/$1.cpu" | sed -n 2p; }
takes() { "$work/scrape" "$1" --help 2>&1 | grep -q -- --no-archive; }
skip() { echo "skipped: $*" >&2; }

names=(scrape colly)
if takes crawl; then names+=(scrape_off); else skip "scrape crawl without an archive (it has no --no-archive)"; fi
names+=(get)
if takes get; then names+=(get_off); else skip "scrape get without an archive (it has no --no-archive)"; fi
if type -P wget >/dev/null; then names+=(wget); else skip "wget (not installed)"; fi
if [[ -n $python ]]; then names+=(scrapy); else skip "Scrapy (python3-scrapy is not installed)"; fi

for _ in 1 2 3; do
	for name in "${names[@]}"; do
		want=$pages
		if [[ $name == get* ]]; then want=$articles; fi
		once "$name" "$want"
	done
done

declare -A label=(
	[scrape]="scrape crawl" [scrape_off]="scrape crawl --no-archive"
	[get]="scrape get --page-only, addresses given" [get_off]="scrape get --no-archive, addresses given"
	[colly]="Colly, links only, nothing kept" [wget]="wget --warc-file, links only" [scrapy]="Scrapy, links only, nothing kept"
)
# ratio NAME OTHER is the CPU of one relative to the other's; - where either was not measured.
ratio() {
	if [[ ! -s $work/$1.cpu || ! -s $work/$2.cpu ]]; then
		echo -
		return
	fi
	awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.2f\n", a / b }'
}
echo "| crawler | CPU s / 1,000 pages | to Colly | to wget | to Scrapy |"
echo "|---|---:|---:|---:|---:|"
for name in "${names[@]}"; do
	printf '| %s | %.2f | %s | %s | %s |\n' "${label[$name]}" "$(median "$name")" "$(ratio "$name" colly)" "$(ratio "$name" wget)" "$(ratio "$name" scrapy)"
done
echo
echo "scrape get --page-only with an archive, relative to the same without: $(ratio get get_off)"
