//go:build !race

package main

// raced says that the race detector watches: tests whose time goes to another program,
// or to one long crawl that shorter ones stand for, are left to the plain run.
const raced = false
