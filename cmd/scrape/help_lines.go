package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/pflag"
)

// stands is what stands for the value of a flag: by its name, else by its type. A name
// means the same wherever it is a flag.
var stands = map[string]string{
	"allow-net": "CIDR", "webhook-allow-net": "CIDR", "archive": "DIR", "bound": "NAME=VALUE", "color": "WHEN", "config": "FILE",
	"endpoint": "URL", "exclude": "REGEXP", "format": "FORMAT", "frontier": "PLACE", "html": "FILE", "images": "WHICH", "include": "REGEXP",
	"insecure-host": "HOST", "metrics": "ADDRESS", "min-free": "SIZE", "outcome": "OUTCOME,…", "output": "FILE", "proxy": "URL", "rules": "DIR",
	"site": "SITE", "since": "DATE", "until": "DATE", "url": "URL", "webhook": "URL", "user-agent": "NAME",

	"int": "N", "duration": "TIME", "durationSlice": "TIME,…", "string": "WORD", "stringSlice": "WORD,…", "stringArray": "WORD",
}

// flagList lists flags with what they do beside them, or below on a narrow terminal.
func flagList(flags *pflag.FlagSet, width int) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		head := "      --" + f.Name
		if f.Shorthand != "" {
			head = "  -" + f.Shorthand + ", --" + f.Name
		}
		if f.Value.Type() != "bool" {
			head += " " + or(stands[f.Name], stands[f.Value.Type()])
		}
		const in = 28
		if width < 72 || len(head) > in-2 {
			b.WriteString(head + "\n" + wrap(f.Usage+usual(f), strings.Repeat(" ", 10), strings.Repeat(" ", 10), width))
			return
		}
		b.WriteString(wrap(f.Usage+usual(f), runewidth.FillRight(head, in), strings.Repeat(" ", in), width))
	})
	return b.String()
}

// usual tells the default of a flag.
func usual(f *pflag.Flag) string {
	v := strings.Trim(f.DefValue, "[]")
	if slices.Contains([]string{"", "0", "0s", "false"}, v) {
		return ""
	}
	return " (default " + v + ")"
}

// examples are lines of a shell, and stay that where they are broken.
func examples(text string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if command, remark, ok := strings.Cut(line, "  # "); ok && runewidth.StringWidth(line)+2 > width {
			b.WriteString(wrap(remark, "  # ", "  # ", width))
			line = strings.TrimSpace(command)
		}
		b.WriteString("  " + shellLine(line, width-2) + "\n")
	}
	return b.String()
}

// shellLine breaks a line of a shell where it is longer than width.
func shellLine(line string, width int) string {
	if runewidth.StringWidth(line) <= width {
		return line
	}
	var b strings.Builder
	at := 0
	for i, word := range shellWords(line) {
		n := runewidth.StringWidth(word)
		switch {
		case i == 0:
		case at+1+n > width-2:
			b.WriteString(" \\\n      ")
			at = 4
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}

// shellWords are the words of a line of a shell: quotes stay whole, and a flag or a
// pipe with what follows it.
func shellWords(line string) (words []string) {
	quote := rune(0)
	fields := strings.FieldsFunc(line, func(r rune) bool {
		switch {
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case r == quote:
			quote = 0
		}
		return quote == 0 && unicode.IsSpace(r)
	})
	for i, f := range fields {
		if i > 0 && strings.ContainsAny(fields[i-1][:1], "-|>") && !strings.ContainsAny(f[:1], "-|>") {
			words[len(words)-1] += " " + f
			continue
		}
		words = append(words, f)
	}
	return words
}
