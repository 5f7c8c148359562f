// Package units writes what starts a crawl on a schedule: units of systemd, a line
// for cron, a file for Docker Compose.
//
// All of them only start the program often enough, or once for ever; what is due,
// and in which time zone, the program finds out itself from its config.
package units

import (
	"embed"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
	"time"

	"newsarchive/internal/config"
)

//go:embed templates
var templates embed.FS

// A File is one file to install.
type File struct {
	Name string // without a folder
	Text string
}

// Setting is what the files are written for.
type Setting struct {
	Config  *config.Config
	File    string // absolute name of the config
	Program string // absolute name of the program
	User    string // that it runs as
}

// data is what the templates see.
type data struct {
	Setting
	Dir       string // of the config; relative names in it are meant from there
	Beside    string // folder that the archive and its frontier stand in; absolute
	Step      time.Duration
	Minutes   string // of the hour, as cron writes them
	Calendar  string // the same for systemd
	Variables []string
	Postgres  bool
}

func (s Setting) data() data {
	d := data{Setting: s, Dir: filepath.Dir(s.File), Step: s.Config.Step(), Variables: s.Config.Variables()}
	d.Beside = filepath.Dir(s.Config.Archive)
	if !filepath.IsAbs(s.Config.Archive) {
		d.Beside = filepath.Dir(filepath.Join(d.Dir, s.Config.Archive))
	}
	n := int(d.Step / time.Minute)
	d.Minutes, d.Calendar = "*/"+strconv.Itoa(n), "*:0/"+strconv.Itoa(n)
	if n == 60 {
		d.Minutes, d.Calendar = "0", "hourly"
	}
	d.Postgres = strings.HasPrefix(s.Config.Frontier, "postgres://") || strings.HasPrefix(s.Config.Frontier, "postgresql://")
	return d
}

// Systemd returns a service that watches for ever, and a timer with a service that
// works off what is due: one of the two is to be enabled.
func Systemd(s Setting) ([]File, error) {
	return s.write("scrape-watch.service", "scrape-crawl.service", "scrape-crawl.timer")
}

// Cron returns a crontab.
func Cron(s Setting) ([]File, error) { return s.write("scrape.crontab") }

// Compose returns a file for Docker Compose.
func Compose(s Setting) ([]File, error) { return s.write("compose.yaml") }

func (s Setting) write(names ...string) (files []File, err error) {
	for _, path := range []string{s.File, s.Program, s.Config.Archive, s.User} {
		if strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return nil, fmt.Errorf("%q cannot stand in a unit: it holds a control character", path)
		}
	}
	d := s.data()
	for _, name := range names {
		t, err := template.New(name+".tmpl").Funcs(quoting).ParseFS(templates, "templates/"+name+".tmpl")
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		if err := t.Execute(&b, d); err != nil {
			return nil, err
		}
		files = append(files, File{name, b.String()})
	}
	return files, nil
}

// quoting are the ways of the three formats to quote a word.
var quoting = template.FuncMap{"systemd": systemdWord, "path": systemdPath, "shell": shellWord, "cron": cronWord, "yaml": yamlWord}

// systemdWord quotes a word of a command line (systemd.service(5)).
func systemdWord(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(s)
	if strings.ContainsAny(s, " ;'\"\\") {
		return `"` + s + `"`
	}
	return s
}

// systemdPath quotes a path that is the whole value of a setting.
func systemdPath(s string) string { return strings.ReplaceAll(s, "%", "%%") }

func shellWord(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-:@+", r))
	}) && s != "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// cronWord is shellWord in a crontab, where a bare % ends the command.
func cronWord(s string) string { return strings.ReplaceAll(shellWord(s), "%", `\%`) }

// yamlWord writes a text of YAML that Compose does not expand.
func yamlWord(s string) string { return strconv.Quote(strings.ReplaceAll(s, "$", "$$")) }
