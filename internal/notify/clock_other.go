//go:build !linux

package notify

// monotonic is left out: there is no such manager here.
func monotonic() string { return "" }
