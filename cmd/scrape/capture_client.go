package main

import (
	"slices"
	"strings"

	"newsarchive/internal/fetch"
)

func (c *capturing) newClient() error {
	o := fetchBounds(fetch.Options{UserAgent: c.agent(), InsecureHosts: c.insecure, Proxy: c.proxy}, c.bounds)
	if o.Timeout <= 0 {
		return usagef("--timeout must be above zero")
	}
	o.TDM = c.tdmFile || c.tdm == "obey" || c.tdm == "refuse"
	switch c.robots {
	case "obey":
	case "record":
		o.IgnoreRobots = true
	default:
		return usagef("--robots is obey or record, not %q", c.robots)
	}
	if !slices.Contains([]string{"", "record", "obey", "refuse"}, c.tdm) {
		return usagef("--tdm is record, obey or refuse, not %q", c.tdm)
	}
	var err error
	if o.AllowNet, err = allowed(c.allowNet); err != nil {
		return err
	}
	for _, h := range c.insecure {
		c.say("certificates of %s are not checked (--insecure-host)", h)
	}
	if err := o.Check(); err != nil {
		return coded{exitUsage, err}
	}
	c.client = fetch.New(o)
	return nil
}

func (c *capturing) agent() string {
	if c.userAgent != "" {
		return c.userAgent
	}
	return software()
}

// warnOfNoContact says that sites cannot see whom to write to.
func (c *capturing) warnOfNoContact() {
	if agent := c.agent(); !strings.Contains(agent, "@") && !strings.Contains(agent, "://") {
		c.say(`sites cannot see whom to write to: name a contact, such as --user-agent "study-bot/1 (+https://uni.example/bot)"`)
	}
}
