package main

import (
	"github.com/spf13/cobra"

	"newsarchive/internal/spelling"
)

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
