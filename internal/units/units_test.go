package units

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"newsarchive/internal/config"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

func setting(t *testing.T, text string) Setting {
	t.Helper()
	env := func(string) (string, bool) { return "https://hooks.example/x", true }
	c, err := config.Parse("scrape.yaml", []byte(text), env)
	if err != nil {
		t.Fatal(err)
	}
	return Setting{Config: c, File: "/srv/press/scrape.yaml", Program: "/usr/local/bin/scrape", User: "scrape"}
}

const usual = `identity: {name: Press study, contact: study@uni.example}
archive: ./news
frontier: postgres://scrape:${POSTGRES_PASSWORD}@postgres/scrape
sites:
  - {site: news.example, every: 30m}
  - {site: other.example, cron: "15 */4 * * *", timezone: Europe/Berlin}
alerts: {webhook: "${SCRAPE_WEBHOOK}"}
`

func all(t *testing.T, s Setting) (files []File) {
	t.Helper()
	for _, write := range []func(Setting) ([]File, error){Systemd, Cron, Compose} {
		some, err := write(s)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, some...)
	}
	return files
}

func TestFilesAreTheGoldenOnes(t *testing.T) {
	for _, f := range all(t, setting(t, usual)) {
		name := filepath.Join("testdata", f.Name)
		if *update {
			if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), f.Text); diff != "" {
			t.Errorf("%s changed (-want +got):\n%s\nIf that is right: go test ./internal/units -update, and read the diff.", f.Name, diff)
		}
	}
}

func TestOneMinuteIsNotSeveral(t *testing.T) {
	for _, f := range all(t, setting(t, strings.Replace(usual, "30m", "1m", 1))) {
		if strings.Contains(f.Text, "1 minutes") {
			t.Errorf("%s:\n%s", f.Name, f.Text)
		}
	}
}

func TestStrangeNamesAreQuoted(t *testing.T) {
	s := setting(t, usual)
	s.File = `/srv/50% of "it's" $HOME/scrape.yaml`
	files := map[string]string{}
	for _, f := range all(t, s) {
		files[f.Name] = f.Text
	}
	for name, want := range map[string]string{
		"scrape-watch.service": `watch -c "/srv/50%% of \"it's\" $$HOME/scrape.yaml"`,
		"scrape.crontab":       `cd '/srv/50\% of "it'\''s" $HOME' &&`,
		"compose.yaml":         `"/srv/50% of \"it's\" $$HOME/scrape.yaml:/config/scrape.yaml:ro"`,
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s has no %s:\n%s", name, want, files[name])
		}
	}
	s.File = "/srv/x\nExecStart=/bin/evil"
	if _, err := Systemd(s); err == nil {
		t.Error("a newline goes into a unit")
	}
}

func TestComposeFileIsYAML(t *testing.T) {
	files, err := Compose(setting(t, usual))
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Services map[string]any
		Volumes  map[string]any
	}
	if err := yaml.UnmarshalWithOptions([]byte(files[0].Text), &v, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(v.Services) != 2 || len(v.Volumes) != 2 {
		t.Errorf("services %v, volumes %v", v.Services, v.Volumes)
	}
}

func TestSystemdTakesTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze here")
	}
	dir := t.TempDir()
	s := setting(t, usual)
	s.Program, s.User = "/bin/true", "root" // systemd wants them to be there
	files, err := Systemd(s)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"verify", "--man=no"}
	for _, f := range files {
		name := filepath.Join(dir, f.Name)
		if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	out, err := exec.Command(analyze, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), dir) {
		t.Errorf("systemd-analyze %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func TestTheStepMissesNoRun(t *testing.T) {
	for sites, want := range map[string]string{
		`{site: a.example, every: 1h}`:                                          "1h0m0s",
		`{site: a.example, every: 45m}`:                                         "30m0s",
		`{site: a.example, cron: "15 * * * *"}`:                                 "15m0s",
		`{site: a.example, cron: "7 3 * * *"}`:                                  "1m0s",
		`{site: a.example, every: 1h}, {site: b.example, cron: "*/20 * * * *"}`: "20m0s",
	} {
		s := setting(t, "identity: {name: x, contact: a@b.example}\nsites: ["+sites+"]\n")
		if got := s.Config.Step().String(); got != want {
			t.Errorf("the step of %s is %s, want %s", sites, got, want)
		}
	}
}
