package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"newsarchive/internal/config"
	"newsarchive/internal/frontier/durable"
)

// placed gives commands the flag -c, by which they find the archive and the frontier that
// a config names.
func (a *app) placed(commands ...*cobra.Command) {
	for _, c := range commands {
		c.Flags().StringVarP(&a.configFile, "config", "c", "", "the archive and the frontier are those of this config")
	}
}

// placeByConfig takes the places from the config that -c names, where it names one.
func (a *app) placeByConfig(cmd *cobra.Command) error {
	if a.configFile == "" {
		return nil
	}
	c, err := configOrWhy(config.LoadForReading(a.configFile))
	if err != nil {
		return err
	}
	a.placeArchive(c, cmd.Flags().Changed("archive"))
	a.config, a.frontier = c, frontierOf(c)
	return nil
}

// placeArchive decides which archive a config's crawls write to: the flag's, else
// SCRAPE_ARCHIVE, else the config's own, meant from the config's folder.
func (a *app) placeArchive(c *config.Config, flag bool) {
	own := besideConfig(c, c.Archive)
	switch {
	case flag:
		c.PutArchive(a.archiveDir, "--archive")
	case os.Getenv("SCRAPE_ARCHIVE") != "":
		if _, said := c.Origins["archive"]; said && !samePlace(own, a.archiveDir) {
			a.say("the archive is %s, as SCRAPE_ARCHIVE says; %s names %s, which counts once the variable is unset", a.archiveDir, c.File, own)
		}
		c.PutArchive(a.archiveDir, "SCRAPE_ARCHIVE")
	default:
		a.archiveDir = own
	}
}

func samePlace(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// frontierOf is where the config's crawls keep what they know; "" for the usual place.
func frontierOf(c *config.Config) string {
	if c.Frontier == "" || durable.IsPostgres(c.Frontier) {
		return c.Frontier
	}
	return besideConfig(c, c.Frontier)
}

// besideConfig is a name in the config, meant from the config's folder.
func besideConfig(c *config.Config, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(c.File), name)
}

// loadConfig reads a config.
func (a *app) loadConfig(file string) (*config.Config, error) {
	return configOrWhy(config.Load(file))
}

// configOrWhy gives the error of a config its exit code, and says what to do about one that is
// not there.
func configOrWhy(c *config.Config, err error) (*config.Config, error) {
	var gone *fs.PathError
	if errors.As(err, &gone) && errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("no config at %s; name one with -c, or print a beginning with scrape discover SITE", gone.Path)
	}
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	return c, nil
}
