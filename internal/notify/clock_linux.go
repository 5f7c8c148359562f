package notify

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// monotonic is the time of a reload as managers want it beside RELOADING=1.
func monotonic() string {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &t) != nil {
		return ""
	}
	return fmt.Sprintf("\nMONOTONIC_USEC=%d", t.Nano()/1000)
}
