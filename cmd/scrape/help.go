package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"newsarchive/internal/spelling"
)

// A chapter is a part of the list of commands.
type chapter struct {
	title    string
	commands []*cobra.Command
}

// chapters are the commands in the order that the help tells of them.
func (a *app) chapters() []chapter {
	crawls := []*cobra.Command{a.statusCommand(), a.whyCommand(), a.reportCommand(), a.healthCommand()}
	archives := []*cobra.Command{a.listCommand(), a.showCommand(), a.searchCommand(), a.diffCommand(), a.statsCommand(), a.exportCommand()}
	explain, again := a.explainCommand(), a.reextractCommand()
	keep := []*cobra.Command{a.verifyCommand(), a.repairCommand(), a.reindexCommand(), a.pushCommand()}
	a.placed(slices.Concat(crawls, archives, keep, []*cobra.Command{explain, again})...)
	return []chapter{
		{"Capture pages", []*cobra.Command{a.getCommand(), a.crawlCommand(), a.discoverCommand(), a.importCommand(), a.demoCommand()}},
		{"Capture on a schedule", []*cobra.Command{a.configCommand(), a.watchCommand(), a.scheduleCommand()}},
		{"Look into crawls", crawls},
		{"Look into the archive", archives},
		{"How articles are read", []*cobra.Command{a.extractCommand(), explain, a.rulesCommand(), again}},
		{"Keep the archive whole", keep},
		{"More", []*cobra.Command{helpCommand(), a.boundsCommand(), {Use: "exit-codes", Short: "What the exit codes mean", Long: exitCodesHelp}, a.schemaCommand(), a.versionCommand()}},
	}
}

// helpCommand replaces cobra's, which takes a topic that there is not for a success.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command, or a topic: bounds, exit-codes",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil {
				return coded{exitUsage, err}
			}
			if len(rest) > 0 {
				meant := spelling.DidYouMean(rest[0], namesUnder(about))
				return usagef("no help for %q%s", rest[0], or(meant, "; "+about.CommandPath()+" --help lists what there is"))
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			return about.Help()
		},
	}
}

// namesUnder are the names of a command's own commands.
func namesUnder(c *cobra.Command) (names []string) {
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return names
}

// helpWidth is the width of help: the terminal's, and in a pipe that of COLUMNS or 80.
// Lines that are too long to be read are not made.
func (o *output) helpWidth() int {
	width := o.columns()
	if width == 0 {
		width, _ = strconv.Atoi(os.Getenv("COLUMNS"))
	}
	if width <= 0 {
		width = 80
	}
	return min(width, column)
}

// printHelp is what --help prints.
func (a *app) printHelp(c *cobra.Command, parts []chapter) {
	_ = a.setColor() // a wrong --color is no reason to withhold help
	width := a.out.helpWidth()
	var b strings.Builder
	b.WriteString(prose(or(c.Long, c.Short), width))
	if c.Runnable() || c.HasSubCommands() {
		b.WriteString("\n" + a.out.paint(bold, "Usage") + "\n")
	}
	if c.Runnable() {
		b.WriteString(wrap(c.UseLine(), "  ", "      ", width))
	}
	if c.HasSubCommands() {
		b.WriteString(wrap(c.CommandPath()+" COMMAND [flags]", "  ", "      ", width))
	}
	if c.Example != "" {
		b.WriteString("\n" + a.out.paint(bold, "Examples") + "\n" + examples(c.Example, width))
	}
	if c.HasParent() && c.HasSubCommands() {
		parts = []chapter{{"Commands", c.Commands()}}
	}
	for _, part := range parts {
		if c.HasSubCommands() {
			b.WriteString("\n" + a.out.paint(bold, part.title) + "\n" + glossary(part.commands, width))
		}
	}
	if flags := c.LocalFlags(); flags.HasAvailableFlags() {
		b.WriteString("\n" + a.out.paint(bold, "Flags") + "\n" + flagList(flags, width))
	}
	if flags := c.InheritedFlags(); flags.HasAvailableFlags() {
		b.WriteString("\n" + a.out.paint(bold, "Flags of every command") + "\n" + flagList(flags, width))
	}
	if c.HasSubCommands() {
		b.WriteString("\n" + prose(c.CommandPath()+" COMMAND --help tells more of a command.", width))
	}
	fmt.Fprint(a.out, b.String())
}

// glossary lists commands and what they are for.
func glossary(list []*cobra.Command, width int) string {
	var b strings.Builder
	for _, c := range list {
		if !c.Hidden {
			b.WriteString(wrap(c.Short, "  "+pad(c.Name(), 12), strings.Repeat(" ", 14), width))
		}
	}
	return b.String()
}

// prose lays out paragraphs anew. Lines that are indented stay lines; what does not fit
// goes on below the last of their columns.
func prose(text string, width int) string {
	var b strings.Builder
	var paragraph []string
	end := func() {
		if len(paragraph) > 0 {
			b.WriteString(wrap(strings.Join(paragraph, " "), "", "", width))
		}
		paragraph = nil
	}
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
			end()
			b.WriteByte('\n')
		case line[0] == ' ':
			end()
			b.WriteString(row(line, width))
		default:
			paragraph = append(paragraph, line)
		}
	}
	end()
	return b.String()
}

// row lays out one line of a table.
func row(line string, width int) string {
	if runewidth.StringWidth(line) <= width {
		return line + "\n"
	}
	in := len(line) - len(strings.TrimLeft(line, " "))
	head, hang := line[:in], in+2
	if i := strings.LastIndex(line, "  ") + 2; i > in && i < width/2 {
		head, hang = line[:i], i
	}
	return wrap(line[len(head):], head, strings.Repeat(" ", hang), width)
}
