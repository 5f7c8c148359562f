package durable

import "strings"

// The states of an address.
const (
	queued = 0 // to be visited in this run
	done   = 1 // visited
	same   = 2 // another address of a visited page; needs no visit
	left   = 3 // given up in this run
)

// schema is what both databases share. {id} and {bytes} are the words that differ.
const schema = `
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS crawls (
	id     {id},
	starts TEXT NOT NULL UNIQUE,       -- start addresses, sorted, a line each
	open   SMALLINT NOT NULL DEFAULT 0, -- 1 from the beginning of a run until nothing is queued
	given  BIGINT NOT NULL DEFAULT 0    -- addresses handed out in the run, retries apart
);

CREATE TABLE IF NOT EXISTS runs (
	id      TEXT PRIMARY KEY,
	crawl   BIGINT NOT NULL,
	started BIGINT NOT NULL,
	seen    BIGINT NOT NULL DEFAULT 0,  -- last sign of life while it waited
	ended   BIGINT NOT NULL DEFAULT 0   -- 0 after a kill
);

CREATE TABLE IF NOT EXISTS hosts (
	name    TEXT PRIMARY KEY,           -- host and port, as in the addresses
	next_ok BIGINT NOT NULL DEFAULT 0,  -- no request before
	wait    BIGINT NOT NULL DEFAULT 0,  -- next_ok less the time at which it was set
	delay   BIGINT NOT NULL DEFAULT 0,  -- pace that the host asked for
	job     BIGINT NOT NULL DEFAULT 0,  -- who has the host: the job
	attempt BIGINT NOT NULL DEFAULT 0   -- and its attempt
);

CREATE TABLE IF NOT EXISTS addresses (
	id      {id},
	crawl   BIGINT NOT NULL,
	hash    {bytes} NOT NULL,           -- half of the SHA-256 of the address's key
	host    TEXT NOT NULL,
	url     TEXT NOT NULL,
	source  TEXT NOT NULL,              -- page that showed the link
	depth   BIGINT NOT NULL,
	tries   BIGINT NOT NULL DEFAULT 0,
	state   SMALLINT NOT NULL,
	given   SMALLINT NOT NULL DEFAULT 0, -- 1 once handed out in this run
	due     BIGINT NOT NULL DEFAULT 0,   -- no visit before
	visited BIGINT NOT NULL DEFAULT 0,
	rest    BIGINT NOT NULL DEFAULT 0,   -- after visited, until it is due in another run
	UNIQUE (crawl, hash)
);

CREATE INDEX IF NOT EXISTS addresses_queued ON addresses (crawl, host, due, id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS addresses_waiting ON addresses (host, crawl) WHERE state = 0;
CREATE INDEX IF NOT EXISTS addresses_left ON addresses (crawl) WHERE state = 3;
`

// Statements. Times are microseconds since 1970, lengths of time microseconds.
const (
	setOwner  = `INSERT INTO about (name, value) VALUES ('archive', ?) ON CONFLICT (name) DO NOTHING`
	getOwner  = `SELECT value FROM about WHERE name = 'archive'`
	addCrawl  = `INSERT INTO crawls (starts) VALUES (?) ON CONFLICT (starts) DO NOTHING`
	findCrawl = `SELECT id FROM crawls WHERE starts = ?`

	addRun   = `INSERT INTO runs (id, crawl, started) VALUES (?, ?, ?)`
	endRun   = `UPDATE runs SET ended = ? WHERE id = ?`
	seeRun   = `UPDATE runs SET seen = ? WHERE id = ?`
	openRuns = `SELECT id FROM runs WHERE crawl = ? AND ended = 0 AND id <> ?`

	openCrawl  = `UPDATE crawls SET open = 1, given = 0 WHERE id = ? AND open = 0`
	closeCrawl = `UPDATE crawls SET open = 0 WHERE id = ? AND open = 1
		AND NOT EXISTS (SELECT 1 FROM addresses WHERE crawl = ? AND state = 0)`
	anyQueued   = `SELECT count(*) FROM (SELECT 1 FROM addresses WHERE crawl = ? AND state = 0 LIMIT 1) AS q`
	queuedHosts = `SELECT DISTINCT host FROM addresses WHERE crawl = ? AND state = 0`
	countLeft   = `SELECT count(*) FROM addresses WHERE crawl = ? AND state = 3`
	// + keeps the planners from an index that does not give the order.
	dueAgain = `SELECT id, url, depth FROM addresses WHERE +crawl = ? AND id > ? AND state IN (1, 3)
		AND (visited > ? OR visited + rest <= ? OR visited <= ?) ORDER BY id LIMIT 1000`
	requeue    = `UPDATE addresses SET state = 0, given = 0, tries = 0, due = 0 WHERE id = ?`
	anyResting = `SELECT count(*) FROM (SELECT 1 FROM addresses WHERE crawl = ? AND rest > 0 LIMIT 1) AS q`
	find       = `SELECT url, source, depth, tries, state FROM addresses WHERE crawl = ? AND hash = ?`

	// lockHost comes before the addresses of a host change, so that the end of a
	// turn and the arrival of an address see each other.
	lockHost = `INSERT INTO hosts (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name`
	takeHost = `UPDATE hosts SET job = ?, attempt = ? WHERE name = ?`
	freeHost = `UPDATE hosts SET job = 0, attempt = 0 WHERE name = ? AND job = ? AND attempt = ?`
	heldHost = `UPDATE hosts SET name = name WHERE name = ? AND job = ? AND attempt = ?`
	paceHost = `UPDATE hosts SET next_ok = ?, wait = ?, delay = ? WHERE name = ? AND job = ? AND attempt = ?`
	readHost = `SELECT next_ok, wait, delay FROM hosts WHERE name = ?`
	firstDue = `SELECT due FROM addresses WHERE crawl = ? AND host = ? AND state = 0 ORDER BY due, id LIMIT 1`
	// waiting gives the crawls that wait for a host their turns one after another.
	waiting = `SELECT crawl FROM addresses WHERE host = ? AND state = 0 AND crawl > ? ORDER BY crawl LIMIT 1`

	nextSlice = `SELECT id, url, source, depth, tries, given FROM addresses
		WHERE crawl = ? AND host = ? AND state = 0 AND due <= ? ORDER BY due, id LIMIT ?`
	markGiven = `UPDATE addresses SET given = 1 WHERE id = ?`
	getGiven  = `SELECT given FROM crawls WHERE id = ?`
	addGiven  = `UPDATE crawls SET given = given + ? WHERE id = ?`
	leaveNew  = `UPDATE addresses SET state = 3 WHERE crawl = ? AND state = 0 AND given = 0`
	leaveHost = `UPDATE addresses SET state = 3 WHERE crawl = ? AND host = ? AND state = 0`

	setRetry = `UPDATE addresses SET tries = ?, due = ? WHERE crawl = ? AND hash = ?`
	setDone  = `UPDATE addresses SET state = 1, visited = ?, rest = ? WHERE crawl = ? AND hash = ?`
	setSame  = `UPDATE addresses SET state = 2 WHERE crawl = ? AND hash = ? AND state IN (0, 3) AND given = 0`
	addKnown = `INSERT INTO addresses (crawl, hash, host, url, source, depth, state, visited) VALUES (?, ?, ?, ?, '', ?, ?, ?)
		ON CONFLICT (crawl, hash) DO NOTHING`
)

// addMany inserts n addresses that were not known.
func addMany(n int) string {
	return `INSERT INTO addresses (crawl, hash, host, url, source, depth, state) VALUES ` +
		strings.Repeat(", (?, ?, ?, ?, ?, ?, ?)", n)[2:] + ` ON CONFLICT (crawl, hash) DO NOTHING`
}
