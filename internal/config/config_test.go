package config

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/goccy/go-yaml"
)

const head = "identity: {name: Press study, contact: study@uni.example}\n"

func env(name string) (string, bool) {
	v, ok := map[string]string{"HOOK": "https://hooks.example/s3cret", "EMPTY": "", "NUMBER": "s3cret"}[name]
	return v, ok
}

func TestASitesOwnGoBeforeDefaultsBeforeThePreset(t *testing.T) {
	c, err := Parse("scrape.yaml", []byte(head+`defaults:
  preset: monitor
  delay: 3s
  policy: {tdm: obey}
  revisit: {schedule: [2h, 1d]}
sites:
  - site: news.example
  - site: other.example
    preset: fast
    policy: {ai: refuse}
    cron: "15 */4 * * *"
    timezone: Europe/Berlin
`), env)
	if err != nil {
		t.Fatal(err)
	}
	first, second := c.Sites[0], c.Sites[1]
	if first.Every != 10*minute || first.Delay != 3*1000*millisecond || first.Policy != (Signposts{Obey, Obey, Record}) {
		t.Errorf("first site is %+v", first)
	}
	if second.Timeout != 15*1000*millisecond || second.Delay != first.Delay || second.Policy != (Signposts{Obey, Obey, Refuse}) || second.Every != 0 {
		t.Errorf("second site is %+v", second)
	}
	from := map[string]string{}
	for _, v := range c.ValuesOf(&c.Sites[1]) {
		from[v.Key] = v.Value + " from " + v.From
	}
	for key, want := range map[string]string{"delay": "3s from scrape.yaml:4", "policy.ai": "refuse from scrape.yaml:11",
		"policy.tdm": "obey from scrape.yaml:5", "timeout": "15s from preset fast", "cron": "15 */4 * * * from scrape.yaml:12",
		"revisit.schedule": "[2h, 1d] from scrape.yaml:6", "max_per_run": "0 from default"} {
		if from[key] != want {
			t.Errorf("%s is %s, want %s", key, from[key], want)
		}
	}
}

// Of every and cron the one nearer to the site counts, and that is no error.
func TestASitesEveryOrCronCountsBeforeTheDefaults(t *testing.T) {
	for _, tt := range []struct {
		file, cron string
		every      Duration
	}{
		{"defaults: {every: 2h}\nsites: [{site: a.example, cron: \"@daily\"}]\n", "@daily", 0},
		{"defaults: {cron: \"@daily\"}\nsites: [{site: a.example, every: 2h}]\n", "", 2 * hour},
		{"defaults: {cron: \"@daily\"}\nsites: [{site: a.example}]\n", "@daily", 0},
	} {
		c, err := Parse("s.yaml", []byte(head+tt.file), env)
		if err != nil {
			t.Errorf("%s\ngives %v", tt.file, err)
		} else if s := c.Sites[0]; s.Cron != tt.cron || s.Every != tt.every {
			t.Errorf("%s\ngives cron %q, every %v", tt.file, s.Cron, s.Every)
		}
	}
}

func TestErrorsNameTheirPlace(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"", `s.yaml: is empty`},
		{"- a\n", `s.yaml:1:1: want keys with values here`},
		{"a: [\n", `s.yaml:1:`},
		{"archive: a\nsites:\n\t- {site: a.example}\n", `s.yaml:3:1: begins with a tab; YAML indents by spaces`},
		{"sites:\n  - site: a.example\n  \tevery: 1h\n", `begins with a tab`},
		{head + "sites:\n  - site: a.example\n    evry: 1h\n", `s.yaml:4:5: unknown key "evry"; did you mean "every"?`},
		{head + "sites:\n  - site: a.example\n    revisit: {schedle: 1h}\n", `s.yaml:4:15: unknown key "schedle"; did you mean "schedule"?`},
		{head + "alert: {}\n", `s.yaml:2:1: unknown key "alert"; did you mean "alerts"?`},
		{head + "sites: [{site: a.example, delay: fast}]\n", `s.yaml:2:34: delay: "fast" is no time span`},
		{head + "sites: [{site: a.example, delay: -1s}]\n", `"-1s" is no time span`},
		{head + "sites: [{site: a.example, max_body: 20Mb}]\n", `"20Mb" is no size`},
		{head + "sites: [{site: a.example, policy: {robots: obay}}]\n", `policy.robots: "obay" is not allowed here; did you mean "obey"?`},
		{head + "sites: [{site: a.example, policy: {robots: refuse}}]\n", `s.yaml:2:44: policy.robots: "refuse" is not allowed here, want one of obey, record`},
		{head + "sites: [{site: a.example, policy: {robots: ignore}}]\n", `s.yaml:2:44: policy.robots: "ignore" is not allowed here, want one of obey, record`},
		{head + "sites: [{site: a.example, policy: {tdm: ignore}}]\n", `policy.tdm: "ignore" is not allowed here, want one of obey, record, refuse`},
		{head + "sites: [{site: a.example, every: 2h, cron: \"@daily\"}]\n", `s.yaml:2:44: cron: there is every, too: want one of them`},
		{head + "defaults: {cron: \"@daily\", every: 2h}\nsites: [{site: a.example}, {site: b.example}]\n", `s.yaml:2:18: cron: there is every, too`},
		{head + "sites: [{site: a.example, cron: \"61 * * * *\"}]\n", `s.yaml:2:33: cron: "61 * * * *"`},
		{head + "sites: [{site: a.example, cron: \"0 0 30 2 *\"}]\n", `never comes`},
		{head + "sites: [{site: a.example, timezone: Europe/Berln}]\n", `s.yaml:2:37: timezone: "Europe/Berln" is no time zone`},
		{head + "sites: [{site: a.example, every: 10s}]\n", `every: want a minute or more, not 10s`},
		{head + "sites: [{site: a.example, include: (}]\n", `include: error parsing regexp`},
		{head + "sites: [{site: nohost}]\n", `s.yaml:2:16: site: want a host or an absolute address`},
		{head + "sites:\n- {site: a.example}\n- {site: a.example}\n", `s.yaml:4:10: site: "a.example" stands at line 3 already`},
		{head + "sites: [{site: a.example, preset: polit}]\n", `no preset is called "polit"; did you mean "polite"?`},
		{head + "sites: []\n", `there are no sites`},
		{"identity: {name: x}\nsites: [{site: a.example}]\n", `identity.contact: is missing`},
		{"identity: {name: x, contact: nobody}\nsites: [{site: a.example}]\n", `s.yaml:1:30: identity.contact: want a mail address`},
		{head + "archive: &a x\nfrontier: *a\n", `s.yaml:2:10: anchors, aliases and tags are not read`},
		{head + "workers: two\n", `s.yaml:2:10: workers: want a whole number`},
		{head + "workers:\n", `workers has no value`},
		{head + "archive: ${NOPE}\n", `s.yaml:2:10: the environment variable NOPE is not set`},
		{head + "archive: ${EMPTY}\n", `EMPTY is not set`},
		{head + "archive: ${no pe}\n", `${no pe} is no variable`},
		{head + "workers: ${NUMBER}\n", `workers: the value of ${NUMBER} is not fit for it`},
		{head + "allow_net: [127.0.0.1.5]\nsites: [{site: a.example}]\n", `s.yaml:2:12: allow_net: parse allowed network`},
		{head + "archive: a\narchive: b\n", `s.yaml:3:1: mapping key "archive" already defined`},
		{head + "---\na: b\n", `holds more than one YAML document`},
	} {
		_, err := Parse("s.yaml", []byte(tt.file), env)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s\ngives %v, want %s", tt.file, err, tt.want)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n") || err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s\ngives more than it should: %v", tt.file, err)
		}
	}
}

func TestAllErrorsAreTold(t *testing.T) {
	for _, tt := range []struct {
		file string
		want []string
	}{
		{`archive: ./archive
identity: {name: [x], contact: nobody}
defaults: {preset: polit, delay: 2}
sites:
  - {site: news.example, every: 30x, revisit: {schedule: [1h, 2]}}
  - site: other.example
    cron: "61 * * * *"
  - {site: b.example, id: news.example}
  - {site: [c.example]}
  - {id: d}
  - every: 1h
bouns: {}
`, []string{`2:18: identity.name wants one value`, `2:32: identity.contact: want a mail address`, `3:20: no preset is called "polit"`, `3:34: defaults.delay: "2" has no unit`, `5:33: every: "30x"`,
			`5:63: revisit.schedule: "2" has no unit`, `7:11: cron: "61`, `8:27: id: "news.example" stands at line 5`, `9:12: site wants one value`, `10:5: a site wants site or start`,
			`11:5: a site wants site or start`, `12:1: unknown key "bouns"`}},
		{"sites: [{site: a.example, depth: two}]\n", []string{`1:34: depth: want`, `identity.name: is missing`, `identity.contact: is missing`}},
		{head + "sites:\n- {site: a.example, every: 10s, cron: \"@daily\"}\n- {site: b.example, every: 10s, cron: \"61 * * * *\"}\n",
			[]string{`3:28: every: want a minute`, `3:39: cron: there is every`, `4:28: every: want a minute`, `4:39: cron: there is every`}},
		{"identity:\nsites: []\n", []string{`1:10: identity has no value`, `2:8: sites: there are no sites`}},
		{"identity: {nam: x}\nsites:\n", []string{`1:12: unknown key "nam"`, `2:8: sites has no value`}},
	} {
		_, err := Parse("s.yaml", []byte(tt.file), env)
		list, _ := err.(Errors)
		for i, e := range list {
			if i >= len(tt.want) || !strings.Contains(e.Error(), tt.want[i]) {
				t.Errorf("%s\nerror %d is %v", tt.file, i+1, e)
			}
		}
		if len(list) != len(tt.want) {
			t.Errorf("%s\ngives %v, want %d errors", tt.file, err, len(tt.want))
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	c, err := Parse("s.yaml", []byte(head+"frontier: postgres://u:s3cret@db.example/x\nalerts: {webhook: \"${HOOK}\"}\nsites: [{site: a.example}]\n"), env)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := json.Marshal(c.Values())
	if c.Alerts.Webhook != "https://hooks.example/s3cret" || strings.Contains(string(b), "s3cret") || !strings.Contains(string(b), "${HOOK}") {
		t.Errorf("webhook %q, shown as %s", c.Alerts.Webhook, b)
	}
}

func TestTextsOfValues(t *testing.T) {
	for text, want := range map[string]Duration{"0": 0, "90s": 90 * 1000 * millisecond, "1h30m": 90 * minute, "7d": 7 * day, "2w1d6h": 15*day + 6*hour} {
		var d, again Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || d != want {
			t.Errorf("%s is %v (%v), want %v", text, d, err, want)
		}
		if err := again.UnmarshalText([]byte(d.String())); err != nil || again != d {
			t.Errorf("%s is written %s and read as %v (%v)", text, d, again, err)
		}
	}
	for text, want := range map[string]Size{"20MB": 20e6, "20MiB": 20 << 20, "1.5kB": 1500, "7": 7} {
		var z, again Size
		if err := z.UnmarshalText([]byte(text)); err != nil || z != want {
			t.Errorf("%s is %d (%v), want %d", text, z, err, want)
		}
		if err := again.UnmarshalText([]byte(z.String())); err != nil || again != z {
			t.Errorf("%s is written %s and read as %v (%v)", text, z, again, err)
		}
	}
	for _, text := range []string{"", "MB", "-1MB", "0", "1e9", "NaN", "infB", "99999999999GB"} {
		if err := new(Size).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("size %q is read", text)
		}
	}
}

// at reads a wall clock with its offset.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse("2006-01-02 15:04 -0700", s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchedulesOverChangesOfTheClock(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, cron, from string
		want             []string
	}{
		{"a usual day", "15 6 * * *", "2026-03-27 12:00 +0100", []string{"2026-03-28 06:15 +0100", "2026-03-29 06:15 +0200", "2026-03-30 06:15 +0200"}},
		{"the hour that is missing", "30 2 * * *", "2026-03-28 12:00 +0100", []string{"2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200"}},
		{"the hour that is missing, in a ladder", "30 1,2,3 * * *", "2026-03-29 00:00 +0100",
			[]string{"2026-03-29 01:30 +0100", "2026-03-29 03:00 +0200", "2026-03-29 03:30 +0200"}},
		{"the hour that comes twice", "30 2 * * *", "2026-10-24 12:00 +0200", []string{"2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"}},
		{"every hour goes on by time", "0 * * * *", "2026-10-25 01:30 +0200",
			[]string{"2026-10-25 02:00 +0200", "2026-10-25 02:00 +0100", "2026-10-25 03:00 +0100"}},
		{"every hour in spring", "0 * * * *", "2026-03-29 01:30 +0100", []string{"2026-03-29 03:00 +0200", "2026-03-29 04:00 +0200"}},
	} {
		s, err := ParseCron(tt.cron, berlin, "x")
		if err != nil {
			t.Fatal(err)
		}
		now := at(t, tt.from)
		for i, want := range tt.want {
			if now = s.Next(now); !now.Equal(at(t, want)) {
				t.Errorf("%s: run %d of %q is at %v, want %s", tt.name, i+1, tt.cron, now, want)
			}
		}
	}
}

func TestTheSchemaAcceptsWhatIsAccepted(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(Schema())))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("s.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		file string
		ok   bool
	}{
		{head + "sites: [{site: a.example, every: 30m, max_body: 20MB, include: /politics/, discover: [feed, links]}]\n", true},
		{head + "sites: [{start: [a.example/x], id: a, cron: \"0 6 * * *\", revisit: {schedule: [1h, 7d]}}]\nalerts: {when: [broken]}\n", true},
		{head + "bounds: {wire: 20MiB, redirects: 3}\nsites: [{site: a.example}]\n", true},
		{head + "bounds: {wires: 20MiB}\nsites: [{site: a.example}]\n", false},
		{head + "sites: [{site: a.example, evry: 30m}]\n", false},
		{head + "sites: [{site: a.example, delay: fast}]\n", false},
		{head + "sites: [{site: a.example, policy: {ai: no}}]\n", false},
	} {
		var v any
		if err := yaml.Unmarshal([]byte(tt.file), &v); err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(v)
		inst, _ := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		_, perr := Parse("s.yaml", []byte(tt.file), env)
		if serr := schema.Validate(inst); (serr == nil) != tt.ok || (perr == nil) != tt.ok {
			t.Errorf("%s\nschema says %v, Parse says %v", tt.file, serr, perr)
		}
	}
}

// FuzzParse: whatever the file, there is a checked config or an error of one line.
func FuzzParse(f *testing.F) {
	f.Add([]byte(head + "sites: [{site: news.example, every: 30m}]\nreport: {html: true}\n"))
	f.Add([]byte(head + "defaults: {preset: fast}\nsites:\n- {site: a.example, cron: \"15 */4 * * *\", timezone: Europe/Berlin}\n"))
	f.Add([]byte("a: &b [*b]\n"))
	f.Add([]byte("archive: ${HOOK}\nworkers: 0x10\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("s.yaml", data, env)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("an error of several lines: %q", err)
			}
			return
		}
		for i := range c.Sites {
			s := &c.Sites[i]
			schedule, err := s.Schedule()
			if err != nil || s.ID == "" || len(s.Start) == 0 {
				t.Fatalf("unchecked site %+v (%v)", s, err)
			}
			now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
			if next := schedule.Next(now); !next.After(now) {
				t.Fatalf("next run of %+v is %v", s, next)
			}
			if again := c.ValuesOf(s); cmp.Diff(again, c.ValuesOf(s)) != "" {
				t.Fatal("values differ")
			}
		}
	})
}
