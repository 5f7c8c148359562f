package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestWrongUsageIsUsage calls the check of arguments of every command with none and with
// too many.
func TestWrongUsageIsUsage(t *testing.T) {
	t.Parallel()
	root := newApp(nil, &bytes.Buffer{}, &bytes.Buffer{}).rootCommand()
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for _, args := range [][]string{nil, strings.Fields("a b c d e f g h i")} {
			if err := c.ValidateArgs(args); err != nil && (codeOf(err) != exitUsage || strings.Contains(err.Error(), "arg(s)")) {
				t.Errorf("%s with %d arguments: exit code %d, %v", c.CommandPath(), len(args), codeOf(err), err)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
}
