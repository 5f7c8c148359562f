package notify

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// listen is a service manager.
func listen(t *testing.T, name string) *net.UnixConn {
	t.Helper()
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Skipf("no unix datagram sockets here: %v", err)
	}
	t.Cleanup(func() { c.Close() })
	t.Setenv("NOTIFY_SOCKET", name)
	return c
}

func heard(t *testing.T, c *net.UnixConn) string {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(10 * time.Second))
	b := make([]byte, 1000)
	n, err := c.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:n])
}

func TestTheManagerHears(t *testing.T) {
	c := listen(t, filepath.Join(t.TempDir(), "notify"))
	m := FromEnv()
	for _, tt := range []struct {
		send func() error
		want string
	}{
		{func() error { return m.Ready("2 sites\nREADY=0") }, "READY=1\nSTATUS=2 sites READY=0"},
		{func() error { return m.Status("idle") }, "STATUS=idle"},
		{m.Reloading, "RELOADING=1"},
		{m.Stopping, "STOPPING=1"},
	} {
		if err := tt.send(); err != nil {
			t.Fatal(err)
		}
		if got := heard(t, c); !strings.HasPrefix(got, tt.want) {
			t.Errorf("heard %q, want %q", got, tt.want)
		}
	}
}

func TestSignsOfLifeWhileAlive(t *testing.T) {
	c := listen(t, filepath.Join(t.TempDir(), "notify"))
	t.Setenv("WATCHDOG_USEC", "20000")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go FromEnv().Live(ctx, func() bool { return true })
	for range 3 {
		if got := heard(t, c); got != "WATCHDOG=1" {
			t.Fatalf("heard %q", got)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	if err := FromEnv().Ready(""); err != nil {
		t.Errorf("without a manager: %v", err)
	}
	t.Setenv("NOTIFY_SOCKET", filepath.Join(t.TempDir(), "none"))
	if err := FromEnv().Ready(""); err == nil {
		t.Error("a manager that is gone goes unnoticed")
	}
}
