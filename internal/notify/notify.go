// Package notify tells the service manager how a service does, as sd_notify(3)
// does. Without a manager that listens, nothing is told.
package notify

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

// A Manager is who started the service. The zero value listens to nothing.
type Manager struct {
	socket   string        // of NOTIFY_SOCKET; "" for none
	watchdog time.Duration // within which it wants a sign of life; 0 for never
}

// FromEnv returns the manager that the environment names.
func FromEnv() Manager {
	m := Manager{socket: os.Getenv("NOTIFY_SOCKET")}
	usec, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	pid := os.Getenv("WATCHDOG_PID")
	if err == nil && usec > 0 && (pid == "" || pid == strconv.Itoa(os.Getpid())) {
		m.watchdog = time.Duration(usec) * time.Microsecond
	}
	return m
}

// Ready tells that the service works, also after Reloading.
func (m Manager) Ready(status string) error { return m.send("READY=1\nSTATUS=" + oneLine(status)) }

// Status tells what the service is doing.
func (m Manager) Status(status string) error { return m.send("STATUS=" + oneLine(status)) }

// Reloading tells that the service reads its config again; Ready comes next.
func (m Manager) Reloading() error { return m.send("RELOADING=1" + monotonic()) }

// Stopping tells that the service is about to end.
func (m Manager) Stopping() error { return m.send("STOPPING=1") }

// Live gives a sign of life twice in each watchdog interval, as long as alive says
// so, until ctx ends.
func (m Manager) Live(ctx context.Context, alive func() bool) {
	if m.socket == "" || m.watchdog <= 0 {
		return
	}
	tick := time.NewTicker(m.watchdog / 2)
	defer tick.Stop()
	for {
		if alive() {
			_ = m.send("WATCHDOG=1") // a manager that does not hear it will act
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// send writes one datagram. A name that begins with @ is of the abstract namespace.
func (m Manager) send(state string) error {
	if m.socket == "" {
		return nil
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: m.socket, Net: "unixgram"})
	if err == nil {
		_, err = c.Write([]byte(state))
		c.Close()
	}
	if err != nil {
		return fmt.Errorf("notify the service manager: %w", err)
	}
	return nil
}

func oneLine(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c < ' ' {
			b[i] = ' '
		}
	}
	return string(b)
}
