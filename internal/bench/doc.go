// Package bench measures scrape beside others, over the project's own fixtures.
// It is a module of its own, so that what it compares with is no dependency of
// the project.
//
// The benchmarks of the package compare extractors within one process.
// pipeline.sh compares crawlers as whole processes over a loopback server.
package bench
