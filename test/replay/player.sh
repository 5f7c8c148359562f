#!/usr/bin/env bash
# usage: test/replay/player.sh
# Fetches the two scripts of ReplayWeb.page that TestReplay shows packages in, into test/replay/player,
# which is no part of the project. Needs npm, and nothing of the package's own dependencies.
set -euo pipefail
cd "$(dirname "$0")"
version=2.5.3
sha512=nCj2PSON3BxeSJKE8AsYPyULv0XPZKJWfy4l9PyQre9SqwLZ+WKZVs/sfLqPOQ4GrH+0YkjbwOhr8cSTH08gsQ==

temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
npm pack "replaywebpage@$version" --silent --pack-destination "$temp" >/dev/null
got=$(openssl dgst -sha512 -binary "$temp/replaywebpage-$version.tgz" | base64 -w 0)
[ "$got" = "$sha512" ] || { echo "replaywebpage $version has the SHA-512 $got, not that which was looked at" >&2; exit 1; }
mkdir -p player
tar -xzf "$temp/replaywebpage-$version.tgz" -C player --strip-components 1 package/ui.js package/sw.js
