package trial

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A server is a PostgreSQL of the test's own.
type server struct {
	t    *testing.T
	bin  string // folder of its programs
	dir  string
	port int
	as   *syscall.SysProcAttr // whom it runs as: it refuses to be root
	cmd  *exec.Cmd
}

// postgres starts a PostgreSQL, or skips the test where none is installed.
func postgres(t *testing.T) *server {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(found) == 0 {
		t.Skip("no PostgreSQL below /usr/lib/postgresql")
	}
	slices.Sort(found)
	s := &server{t: t, bin: found[len(found)-1], as: &syscall.SysProcAttr{}}
	var err error
	if s.dir, err = os.MkdirTemp("", "scrape-trial-postgres-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(s.dir) })
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("no user postgres, and PostgreSQL refuses to be root")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(s.dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	init := s.command("initdb", "-A", "trust", "-U", "postgres", "-D", s.data())
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	s.start()
	t.Cleanup(s.kill)
	return s
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir, cmd.SysProcAttr = s.dir, s.as
	return cmd
}

// address is what --frontier takes.
func (s *server) address() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// start starts the server, after a kill too, and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	s.cmd = s.command("postgres", "-D", s.data(), "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1", "-k", s.dir)
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	until(s.t, time.Minute, "PostgreSQL answers", func() bool {
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		c, err := pgx.Connect(ctx, s.address())
		if err == nil {
			c.Close(ctx)
		}
		return err == nil
	})
}

// kill ends the server with kill -9, and waits until its children are gone: they live on
// under another parent for a moment, and a new server refuses their memory.
func (s *server) kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
	until(s.t, time.Minute, "the children of PostgreSQL end", func() bool { return !s.works() })
	os.Remove(filepath.Join(s.data(), "postmaster.pid"))
}

// works reports whether a process works in the server's folder.
func (s *server) works() bool {
	folders, _ := filepath.Glob("/proc/[0-9]*/cwd")
	return slices.ContainsFunc(folders, func(link string) bool {
		dir, err := os.Readlink(link)
		return err == nil && dir == s.data()
	})
}
