package main

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"

	"github.com/spf13/cobra"

	"newsarchive/internal/units"
)

// scheduling is the command that prints what starts crawls on a schedule.
type scheduling struct {
	*app
	config                 string
	systemd, cron, compose bool
	dir                    string
}

func (a *app) scheduleCommand() *cobra.Command {
	s := &scheduling{app: a}
	cmd := &cobra.Command{
		Use:   "schedule print",
		Short: "Print what starts crawls by themselves: systemd, cron, Compose",
		Args:  noArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	print := &cobra.Command{
		Use:   "print",
		Short: "Print units of systemd, a crontab or a Compose file for a config",
		Long: `print writes what starts the crawls of a config. All of it only starts the program
often enough, or once for ever: what is due, and in which time zone, stays in the
config. Without a flag that names the kind it is for systemd.`,
		Example: `  scrape schedule print --systemd -o /etc/systemd/system
  (crontab -l; scrape schedule print --cron) | crontab -
  scrape schedule print --compose > compose.yaml`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return s.main() },
	}
	f := print.Flags()
	f.StringVarP(&s.config, "config", "c", defaultConfig, "the config")
	f.BoolVar(&s.systemd, "systemd", false, "a service that watches, and a timer that looks what is due (default)")
	f.BoolVar(&s.cron, "cron", false, "a crontab")
	f.BoolVar(&s.compose, "compose", false, "a file for Docker Compose")
	f.StringVarP(&s.dir, "output", "o", "", "write the files to this folder, instead of printing them")
	print.MarkFlagsMutuallyExclusive("systemd", "cron", "compose")
	cmd.AddCommand(print)
	return cmd
}

func (s *scheduling) main() error {
	write := map[bool]func(units.Setting) ([]units.File, error){s.systemd: units.Systemd, s.cron: units.Cron, s.compose: units.Compose}[true]
	setting, err := s.setting()
	if err != nil {
		return err
	}
	if write == nil {
		s.say("for systemd; --cron and --compose print other kinds")
		write = units.Systemd
	}
	files, err := write(setting)
	if err != nil {
		return coded{exitUsage, err}
	}
	for i, f := range files {
		if s.dir != "" {
			err = s.keep(f)
		} else {
			err = s.show(f, i, len(files))
		}
		if err != nil {
			return err
		}
	}
	return s.out.flush()
}

func (s *scheduling) setting() (units.Setting, error) {
	c, err := s.loadConfig(s.config)
	if err != nil {
		return units.Setting{}, err
	}
	file, err := filepath.Abs(s.config)
	if err != nil {
		return units.Setting{}, err
	}
	program, err := os.Executable()
	if err != nil {
		return units.Setting{}, err
	}
	name := "scrape"
	if u, err := user.Current(); err == nil && u.Uid != "0" {
		name = u.Username
	}
	return units.Setting{Config: c, File: file, Program: program, User: name}, nil
}

func (s *scheduling) show(f units.File, i, n int) error {
	if s.json {
		return s.out.line(map[string]string{"type": "file", "name": f.Name, "text": f.Text})
	}
	if n > 1 {
		fmt.Fprintf(s.out, "# %s\n", f.Name)
	}
	fmt.Fprint(s.out, f.Text)
	if i < n-1 {
		fmt.Fprintln(s.out)
	}
	return nil
}

func (s *scheduling) keep(f units.File) error {
	name := filepath.Join(s.dir, f.Name)
	if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
		return coded{exitUsage, err}
	}
	s.say("%s", name)
	return nil
}
