package durable

// The states of an address.
const (
	queued = 0 // to be visited in this run
	done   = 1 // visited
	same   = 2 // another address of a visited page; needs no visit
	left   = 3 // given up in this run
	caught = 4 // of a form that brings nothing; comes back when that does
)

// schema is what both databases share, as it was first. {id} and {bytes} are the
// words that differ.
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
	due     BIGINT NOT NULL DEFAULT 0,   -- no visit before (0, 1, 2: at once, in this order)
	visited BIGINT NOT NULL DEFAULT 0,
	rest    BIGINT NOT NULL DEFAULT 0,   -- after visited, until it is due in another run
	UNIQUE (crawl, hash)
);

CREATE INDEX IF NOT EXISTS addresses_queued ON addresses (crawl, host, due, id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS addresses_waiting ON addresses (host, crawl) WHERE state = 0;
CREATE INDEX IF NOT EXISTS addresses_left ON addresses (crawl) WHERE state = 3;
`

// upgrades are what was added since, in order. Each is done once: about keeps how
// many were (see makeTables). A later one never changes an earlier one.
var upgrades = []string{`
ALTER TABLE addresses ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN published BIGINT NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN published_source TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN status BIGINT NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN err TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN robots TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN last_modified TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN visits BIGINT NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN rung BIGINT NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN note TEXT NOT NULL DEFAULT '';

CREATE INDEX addresses_polled ON addresses (crawl, site, kind) WHERE site <> '' AND kind IN ('start', 'feed', 'sitemap', 'section');

CREATE TABLE sites (
	crawl   BIGINT NOT NULL,
	id      TEXT NOT NULL,
	config  TEXT NOT NULL,              -- digest of its settings
	state   TEXT NOT NULL DEFAULT '',   -- what its health was said to be
	next_at BIGINT NOT NULL DEFAULT 0,  -- of the next poll, 0: at once
	last_at BIGINT NOT NULL DEFAULT 0,  -- of the last one
	PRIMARY KEY (crawl, id)
);
`, `
CREATE INDEX addresses_resting ON addresses (crawl, site, (visited + rest)) WHERE site <> '' AND kind = 'article' AND state = 1;
`, `
ALTER TABLE addresses ADD COLUMN published_precision TEXT NOT NULL DEFAULT '';
`, `
ALTER TABLE hosts ADD COLUMN slow BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN fails BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN good SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE hosts ADD COLUMN why TEXT NOT NULL DEFAULT '';

CREATE TABLE robots (
	origin TEXT PRIMARY KEY,            -- scheme, host and port
	url    TEXT NOT NULL,               -- that answered
	status BIGINT NOT NULL,
	body   {bytes} NOT NULL,
	at     BIGINT NOT NULL              -- of the answer
);

ALTER TABLE runs ADD COLUMN archive TEXT NOT NULL DEFAULT '';
`, `
DROP INDEX addresses_resting;
CREATE INDEX addresses_resting ON addresses (crawl, site, (visited + rest)) WHERE site <> '' AND state = 1 AND rest > 0;
`, `
CREATE TABLE forms (
	crawl    BIGINT NOT NULL,
	host     TEXT NOT NULL,
	form     TEXT NOT NULL,              -- of addresses (see package trap), '' for the whole host
	known    BIGINT NOT NULL DEFAULT 0,
	visits   BIGINT NOT NULL DEFAULT 0,
	articles BIGINT NOT NULL DEFAULT 0,
	streak   BIGINT NOT NULL DEFAULT 0,
	same     BIGINT NOT NULL DEFAULT 0,
	refused  BIGINT NOT NULL DEFAULT 0,
	stopped  BIGINT NOT NULL DEFAULT 0,  -- when, 0 while it is followed
	PRIMARY KEY (crawl, host, form)
);

CREATE INDEX forms_stopped ON forms (crawl) WHERE stopped > 0;

CREATE TABLE texts (
	crawl BIGINT NOT NULL,
	host  TEXT NOT NULL,
	text  BIGINT NOT NULL,               -- stands for an article text that was seen
	PRIMARY KEY (crawl, host, text)
);
`, `
ALTER TABLE forms ADD COLUMN grown BIGINT NOT NULL DEFAULT 0; -- see package trap

UPDATE forms SET stopped = 0, streak = 0, same = 0 WHERE stopped > 0;
UPDATE addresses SET state = CASE WHEN visits > 0 THEN 1 ELSE 0 END, note = '' WHERE state = 4;

CREATE INDEX addresses_caught ON addresses (crawl) WHERE state = 4;
`, `
ALTER TABLE addresses ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0; -- the first visit, 0 where that was not noted
UPDATE addresses SET first_at = visited WHERE visits = 1;
`, `
-- rests of a site's articles, '' where they were not noted
ALTER TABLE sites ADD COLUMN ladder TEXT NOT NULL DEFAULT '';
`, `
-- what answers of 429 slowed requests to a host down to, 0 for none
ALTER TABLE hosts ADD COLUMN firm BIGINT NOT NULL DEFAULT 0;
`, `
-- rests of the articles of a crawl without sites, '' where they were not noted
ALTER TABLE crawls ADD COLUMN ladder TEXT NOT NULL DEFAULT '';
`}
