package trial

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// needTrials skips what takes minutes.
func needTrials(t *testing.T) {
	t.Helper()
	if os.Getenv("SCRAPE_TRIALS") == "" {
		t.Skip("a trial of minutes: SCRAPE_TRIALS is not set")
	}
}

// build builds the program once; SCRAPE_TRIALS may name one that is built.
var build = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("SCRAPE_TRIALS"); filepath.IsAbs(bin) {
		return bin, nil
	}
	dir, err := os.MkdirTemp("", "scrape-trial-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "scrape")
	out, err := exec.Command("go", "build", "-o", bin, "newsarchive/cmd/scrape").CombinedOutput()
	if err != nil {
		os.Stderr.Write(out)
	}
	return bin, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if bin := os.Getenv("SCRAPE_TRIALS"); bin != "" && !filepath.IsAbs(bin) {
		if bin, err := build(); err == nil {
			os.RemoveAll(filepath.Dir(bin))
		}
	}
	os.Exit(code)
}

// program returns the built program.
func program(t *testing.T) string {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// A pageLine is a line that the program prints for a page.
type pageLine struct {
	Type    string `json:"type"`
	URL     string `json:"url"`
	Asked   string `json:"url_requested"`
	Outcome string `json:"outcome"`
	Error   string `json:"error"`
	at      time.Time
}

// A run is the program at work.
type run struct {
	cmd    *exec.Cmd
	start  time.Time
	stderr bytes.Buffer

	mu    sync.Mutex
	pages []pageLine
	read  chan struct{} // closed at the end of what it prints
}

// start starts the program. The test ends with the program's end.
func start(t *testing.T, args ...string) *run {
	t.Helper()
	r := &run{cmd: exec.Command(program(t), args...), read: make(chan struct{}), start: time.Now()}
	r.cmd.Stderr = &r.stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if r.cmd.ProcessState == nil {
			r.kill()
		}
	})
	go func() {
		defer close(r.read)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var p pageLine
			if json.Unmarshal(lines.Bytes(), &p) != nil || p.Type != "page" {
				continue
			}
			p.at = time.Now()
			r.mu.Lock()
			r.pages = append(r.pages, p)
			r.mu.Unlock()
		}
	}()
	return r
}

// wait waits for the program's end and returns its exit code.
func (r *run) wait() int {
	<-r.read
	r.cmd.Wait()
	return r.cmd.ProcessState.ExitCode()
}

// ended reports whether the program has ended by itself.
func (r *run) ended() bool {
	select {
	case <-r.read:
		return true
	default:
		return false
	}
}

// kill ends the program as a power cut would.
func (r *run) kill() {
	r.cmd.Process.Kill()
	r.wait()
}

// peak is the most memory that the ended program held, in bytes.
func (r *run) peak() int64 { return maxRSS(r.cmd.ProcessState) }

// got returns the pages that were told of so far whose address has the prefix.
func (r *run) got(prefix string) (list []pageLine) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.pages {
		if strings.HasPrefix(p.URL, prefix) {
			list = append(list, p)
		}
	}
	return list
}

// until waits until the condition holds, and fails the test after the time.
func until(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}
