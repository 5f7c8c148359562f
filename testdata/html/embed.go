// Package fixtures holds the made-up news sites that tests and the demo read.
//
// Each folder is one site. site.json gives its name and whatever differs from
// serving a file as it is; internal/testsite explains the keys. Beside the page
// of an article stands NAME.truth.json: what a careful reader takes from the
// page, written by hand. Pages are kept in UTF-8, whatever charset they are
// served in, and {{site}} stands for the address that a site gets when it starts.
package fixtures

import "embed"

// Files are the sites, one folder each.
//
//go:embed */*
var Files embed.FS
