#!/usr/bin/env bash
# Makes the files of a release: static binaries, a bill of materials of each
# (CycloneDX), and their SHA-256.
#   deploy/release.sh 1.2.0 OUT [OS/ARCH…]
# Builds are reproducible: the same commit and Go give the same bytes.
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: deploy/release.sh VERSION OUT [OS/ARCH…]" >&2; exit 2; }
version=$1 out=$(realpath -m "$2")
shift 2
[ $# -gt 0 ] || set -- linux/amd64 linux/arm64 darwin/arm64
cd "$(dirname "$0")/.."
mkdir -p "$out"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT

go mod verify
go -C deploy/release mod verify
go -C deploy/release build -o "$tools/cyclonedx-gomod" github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod

made=()
for target in "$@"; do
  os=${target%/*} arch=${target#*/}
  name=scrape_${version}_${os}_${arch}
  CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -ldflags "-s -w -X main.released=$version" -o "$out/$name" ./cmd/scrape
  # no serial number and no time of making, so that it is as reproducible as the binary
  "$tools/cyclonedx-gomod" bin -json -licenses -std -noserial -version "v$version" -output "$out/$name.cdx.json" "$out/$name"
  made+=("$name" "$name.cdx.json")
done
cd "$out"
sha256sum "${made[@]}" > SHA256SUMS
cat SHA256SUMS
