//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"newsarchive/internal/testsite"
)

// A mortal runs the program as somebody whom the rights of files bind: where the
// tests are root's, as nobody.
type mortal struct {
	dir    string // to work in
	binary string
}

const nobody = 65534

func newMortal(t *testing.T) mortal {
	t.Helper()
	dir, err := os.MkdirTemp("", "scrape-mortal-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	m := mortal{dir, filepath.Join(dir, "bin", "scrape")}
	for _, err := range []error{os.Mkdir(filepath.Dir(m.binary), 0o755), os.WriteFile(m.binary, program, 0o755), os.Chmod(dir, 0o755), m.own(dir)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// own gives a folder to whom the program runs as.
func (m mortal) own(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	return os.Chown(dir, nobody, nobody)
}

// run runs a command line of the shell, in which scrape is the program. It returns
// what was said on standard error, and the exit code.
func (m mortal) run(t *testing.T, line string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(m.binary)+":"+os.Getenv("PATH"), "HOME="+m.dir)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// complaints are the lines that begin as errors do.
func complaints(stderr string) (lines []string) {
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "scrape: ") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func courier(t *testing.T) string {
	server, err := testsite.Start(testsite.Options{Only: []string{"courier"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server.Site("courier").URL
}

// Where nothing may be written there is one line that says so, the exit code of an
// archive that is not to be had, and nothing was asked of the site.
func TestReadOnlyPlaces(t *testing.T) {
	m, site := newMortal(t), courier(t)
	if _, errs, code := m.run(t, fmt.Sprintf("scrape get %s/city/bridge-reopens --allow-net 127.0.0.0/8 --archive kept", site)); code != exitOK {
		t.Fatalf("code %d: %s", code, errs)
	}
	modes := func(folders, files fs.FileMode) {
		err := filepath.WalkDir(filepath.Join(m.dir, "kept"), func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				return os.Chmod(name, folders)
			}
			return errors.Join(err, os.Chmod(name, files))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if os.Geteuid() != 0 {
		t.Cleanup(func() { modes(0o700, 0o600) })
	}
	modes(0o500, 0o400)
	if err := os.Chmod(filepath.Dir(m.binary), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Dir(m.binary), 0o755) })
	for _, line := range []string{
		"scrape crawl %s/ --allow-net 127.0.0.0/8 --archive kept",
		"scrape get %s/ --allow-net 127.0.0.0/8 --archive kept",
		"scrape get %s/ --allow-net 127.0.0.0/8 --archive bin/none/deeper",
		"scrape crawl %s/ --allow-net 127.0.0.0/8 --archive other --frontier kept/state.db",
		"scrape import kept/warc/x.warc.gz --archive kept",
	} {
		line = fmt.Sprintf(strings.Replace(line, "%s", "%[1]s", 1)+"%.0[1]s", site)
		out, errs, code := m.run(t, line)
		if said := complaints(errs); len(said) != 1 || code != exitArchive && code != exitUsage || strings.Contains(out, `"outcome"`) {
			t.Errorf("%s\ncode %d, %d complaints: %s", line, code, len(said), errs)
		}
	}
	for _, line := range []string{"scrape list --archive kept", "scrape show --archive kept " + site + "/city/bridge-reopens", "scrape verify --full --archive kept"} {
		if _, errs, code := m.run(t, line); code != exitOK {
			t.Errorf("%s: code %d: %s", line, code, errs)
		}
	}
}

// With forty descriptors a crawl does its work, or says in one line why not; what it
// stored is whole.
func TestFortyDescriptors(t *testing.T) {
	m, site := newMortal(t), courier(t)
	for _, n := range []int{12, 16, 20, 24, 40} {
		line := fmt.Sprintf("ulimit -n %d; scrape crawl %s/ --allow-net 127.0.0.0/8 --delay 0s --max-pages 12 --archive kept%d", n, site, n)
		_, errs, code := m.run(t, line)
		said := complaints(errs)
		if code == exitInternal || code < 0 || code != exitOK && code != exitPartial && len(said) != 1 || strings.Contains(errs, "goroutine ") {
			t.Errorf("%d descriptors: code %d: %s", n, code, errs)
		}
		if n == 40 && code != exitOK {
			t.Errorf("forty do not suffice: code %d: %s", code, errs)
		}
		t.Logf("%d descriptors: code %d %q", n, code, said)
		if _, err := os.Stat(filepath.Join(m.dir, fmt.Sprintf("kept%d", n))); err != nil {
			continue
		}
		if out, errs, code := m.run(t, fmt.Sprintf("scrape verify --full --archive kept%d", n)); code != exitOK {
			t.Errorf("after %d descriptors: code %d: %s%s", n, code, out, errs)
		}
	}
}

// A crawl ends with the code of a disk that is low where less is free than it is to
// leave alone.
func TestMinFreeEndsACrawl(t *testing.T) {
	m, site := newMortal(t), courier(t)
	_, errs, code := m.run(t, fmt.Sprintf("scrape crawl %s/ --allow-net 127.0.0.0/8 --delay 0s --archive kept --min-free 1000000GiB", site))
	if said := complaints(errs); code != exitDisk || len(said) != 1 {
		t.Errorf("code %d: %s", code, errs)
	}
}
