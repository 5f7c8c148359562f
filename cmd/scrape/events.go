package main

import (
	"newsarchive/internal/crawl"
	"newsarchive/page"
)

// pageEvent is the line that --json prints when a page has its end; for kept
// pages that is after they are durable.
type pageEvent struct {
	Type     string       `json:"type"`
	URL      string       `json:"url"`
	Final    string       `json:"url_final"` // after redirects
	Outcome  page.Outcome `json:"outcome"`
	Status   int          `json:"http_status"`
	Err      string       `json:"error"`
	Title    string       `json:"title"`
	ID       string       `json:"id"`
	Version  int          `json:"version"`
	Change   string       `json:"change"`
	Words    int          `json:"word_count"`
	Warnings []string     `json:"warnings"`
	Robots   string       `json:"robots_verdict"`
	Rule     string       `json:"robots_rule"`
	Depth    int          `json:"depth"`
	Took     int64        `json:"took_ms"`
	Bytes    int64        `json:"bytes_received"`
	File     string       `json:"warc_file"`
	Offset   int64        `json:"warc_offset"`
	RecordID string       `json:"warc_record_id"`
	Site     string       `json:"site_id"` // of the config; "" without one
	Kind     string       `json:"kind"`    // "start", "feed", "sitemap", "section", "article", or "" where nothing says so

	Requisites       int `json:"requisites"` // kept beside the page
	RequisitesFailed int `json:"requisites_failed"`
	RequisitesLeft   int `json:"requisites_left"` // past the bounds
}

func eventOf(v crawl.Visit) pageEvent {
	r := v.Row
	r.Normalize()
	return pageEvent{Type: "page", URL: page.Clean(v.Item.URL), Site: v.Item.Site, Kind: string(v.Item.Kind), Final: r.URL, Outcome: r.Outcome, Status: r.HTTPStatus,
		Err: page.Clean(v.Err), Title: r.Title, ID: r.ID, Version: r.Version, Change: r.Change, Words: r.WordCount,
		Warnings: append([]string{}, r.Warnings...), Robots: v.Robots, Rule: page.Clean(v.Rule), Depth: v.Item.Depth,
		Took: v.Took.Milliseconds(), Bytes: v.Bytes, File: r.WARCFile, Offset: r.WARCOffset, RecordID: r.WARCRecordID,
		Requisites: v.Requisites.Kept, RequisitesFailed: v.Requisites.Failed, RequisitesLeft: v.Requisites.Left}
}
