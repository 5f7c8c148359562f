package durable

import "strings"

// Statements. Times are microseconds since 1970, lengths of time microseconds.
const (
	setOwner = `INSERT INTO about (name, value) VALUES ('archive', ?) ON CONFLICT (name) DO NOTHING`
	getOwner = `SELECT value FROM about WHERE name = 'archive'`
	// the number of upgrades that the tables have had
	getUpgrades = `SELECT value FROM about WHERE name = 'upgrades'`
	setUpgrades = `INSERT INTO about (name, value) VALUES ('upgrades', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`

	addCrawl  = `INSERT INTO crawls (starts) VALUES (?) ON CONFLICT (starts) DO NOTHING`
	findCrawl = `SELECT id FROM crawls WHERE starts = ?`

	addRun = `INSERT INTO runs (id, crawl, started, seen, archive) VALUES (?, ?, ?, ?, ?)`
	endRun = `UPDATE runs SET ended = ? WHERE id = ?`
	seeRun = `UPDATE runs SET seen = ? WHERE id = ?`
	// of an archive that one process works on at a time, so the others are of the dead
	openRuns = `SELECT id FROM runs WHERE crawl = ? AND ended = 0 AND id <> ? AND archive IN (?, '')`
	// of other archives: processes that work on the same crawl
	runsBeside = `SELECT count(*) FROM runs WHERE crawl = ? AND ended = 0 AND archive <> ? AND seen > ?`

	runsAlive = `SELECT count(*) FROM runs WHERE ended = 0 AND seen > ?`

	openCrawl  = `UPDATE crawls SET open = 1, given = 0 WHERE id = ? AND open = 0`
	closeCrawl = `UPDATE crawls SET open = 0 WHERE id = ? AND open = 1
		AND NOT EXISTS (SELECT 1 FROM addresses WHERE crawl = ? AND state = 0)`
	ladderOfCrawl    = `SELECT ladder FROM crawls WHERE id = ?`
	setLadderOfCrawl = `UPDATE crawls SET ladder = ? WHERE id = ?`
	anyQueued        = `SELECT count(*) FROM (SELECT 1 FROM addresses WHERE crawl = ? AND state = 0 LIMIT 1) AS q`
	queuedHosts      = `SELECT DISTINCT host FROM addresses WHERE crawl = ? AND state = 0`
	countQueued      = `SELECT count(*) FROM addresses WHERE crawl = ? AND state = 0`
	// left addresses by whether their host was given up, as the wait that it had last says
	leftHosts = `SELECT w.waits, count(*), min(a.url) FROM addresses a JOIN
		(SELECT name, CASE WHEN wait > ? THEN 1 ELSE 0 END AS waits FROM hosts) AS w ON w.name = a.host WHERE a.crawl = ? AND a.state = 3 GROUP BY w.waits`
	caughtCount  = `SELECT count(*), coalesce(min(url), '') FROM addresses WHERE crawl = ? AND state = 4`
	countRefused = `SELECT CAST(coalesce(sum(refused), 0) AS BIGINT) FROM forms WHERE crawl = ? AND stopped > 0`
	// + keeps the planners from an index that does not give the order.
	dueAgain = `SELECT id, ` + itemColumns + ` FROM addresses WHERE +crawl = ? AND id > ? AND state IN (1, 3)
		AND (visited > ? OR visited + rest <= ? OR visited <= ? AND (kind = 'article' OR CAST(? AS BIGINT) = 0)) ORDER BY id LIMIT 1000`
	requeue = `UPDATE addresses SET state = 0, given = 0, tries = 0, due = ` + turnOfKnown + ` WHERE id = ?`
	// turnOfKnown lets what is new come before what is known, articles last: a due time of
	// 0, 1 or 2 is at once, in that order. What a crawl enters by comes first.
	turnOfKnown = `CASE WHEN visits = 0 OR depth = 0 OR kind IN ('start', 'feed', 'sitemap') THEN 0 WHEN kind = 'article' THEN 2 ELSE 1 END`
	anyResting  = `SELECT count(*) FROM (SELECT 1 FROM addresses WHERE crawl = ? AND kind = 'article' AND rest > 0 LIMIT 1) AS q`
	find        = `SELECT state, ` + itemColumns + ` FROM addresses WHERE crawl = ? AND hash = ?`

	siteIDs = `SELECT id FROM sites WHERE crawl = ?`
	setSite = `INSERT INTO sites (crawl, id, config, ladder) VALUES (?, ?, ?, ?) ON CONFLICT (crawl, id) DO UPDATE SET config = excluded.config, ladder = excluded.ladder,
		next_at = CASE WHEN sites.config = excluded.config THEN sites.next_at ELSE 0 END`
	ladderOf  = `SELECT ladder FROM sites WHERE crawl = ? AND id = ?`
	dropSite  = `DELETE FROM sites WHERE crawl = ? AND id = ?`
	leaveSite = `UPDATE addresses SET state = 3 WHERE crawl = ? AND site = ? AND state = 0`
	retire    = `UPDATE addresses SET rest = ?, note = ? WHERE crawl = ? AND hash = ? AND state = 1`
	sitesDue  = `SELECT id, next_at FROM sites WHERE crawl = ?`
	sitesNext = `SELECT id, max(next_at) FROM sites GROUP BY id`
	siteDue   = `SELECT next_at FROM sites WHERE crawl = ? AND id = ?`
	takePoll  = `UPDATE sites SET next_at = ?, last_at = ? WHERE crawl = ? AND id = ? AND next_at = ?`
	// what was left of a site, past a budget or on a host that was given up, comes too
	pollSite = `UPDATE addresses SET state = 0, given = 0, tries = 0, due = ` + turnOfKnown + ` WHERE crawl = ? AND site = ? AND site <> ''
		AND (kind IN ('start', 'feed', 'sitemap', 'section') AND state IN (1, 3) AND (visited + rest <= ? OR visited > ?) OR state = 3)`
	pollArticles = `UPDATE addresses SET state = 0, given = 0, tries = 0, due = ` + turnOfKnown + ` WHERE crawl = ? AND site = ? AND site <> ''
		AND state = 1 AND rest > 0 AND kind IN ('article', '') AND visited + rest <= ?`

	// lockHost comes before the addresses of a host change, so that the end of a
	// turn and the arrival of an address see each other.
	lockHost = `INSERT INTO hosts (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name`
	takeHost = `UPDATE hosts SET job = ?, attempt = ? WHERE name = ?`
	freeHost = `UPDATE hosts SET job = 0, attempt = 0 WHERE name = ? AND job = ? AND attempt = ?`
	heldHost = `UPDATE hosts SET name = name WHERE name = ? AND job = ? AND attempt = ?`
	paceHost = `UPDATE hosts SET next_ok = ?, wait = ?, delay = ?, slow = ?, firm = ?, fails = ?, good = ?, why = ? WHERE name = ? AND job = ? AND attempt = ?`
	readHost = `SELECT next_ok, wait, delay, slow, firm, fails, good, why FROM hosts WHERE name = ?`
	firstDue = `SELECT due FROM addresses WHERE crawl = ? AND host = ? AND state = 0 ORDER BY due, id LIMIT 1`
	// waiting gives the crawls that wait for a host their turns one after another.
	waiting = `SELECT crawl FROM addresses WHERE host = ? AND state = 0 AND crawl > ? ORDER BY crawl LIMIT 1`

	nextSlice = `SELECT id, given, ` + itemColumns + ` FROM addresses
		WHERE crawl = ? AND host = ? AND state = 0 AND due <= ? ORDER BY due, id LIMIT ?`
	getGiven  = `SELECT given FROM crawls WHERE id = ?`
	addGiven  = `UPDATE crawls SET given = given + ? WHERE id = ?`
	leaveNew  = `UPDATE addresses SET state = 3 WHERE crawl = ? AND state = 0 AND given = 0`
	leaveHost = `UPDATE addresses SET state = 3 WHERE crawl = ? AND host = ? AND state = 0`

	getForms   = `SELECT form, known, visits, articles, streak, same, grown, refused, stopped FROM forms WHERE crawl = ? AND host = ? AND form IN (?, ?, ?, ?)`
	countForms = `SELECT count(*) FROM forms WHERE crawl = ? AND host = ?`
	seeForm    = `UPDATE forms SET known = known + ?, grown = grown + ?, refused = refused + ? WHERE crawl = ? AND host = ? AND form = ?`
	addText    = `INSERT INTO texts (crawl, host, text) VALUES (?, ?, ?) ON CONFLICT (crawl, host, text) DO NOTHING`
	// a form is stopped at the end of a window: it comes back so many visits before that
	probeForms = `UPDATE forms SET stopped = 0, streak = CASE WHEN streak > ? THEN streak - ? ELSE 0 END WHERE crawl = ? AND stopped > 0 AND stopped <= ?`
	// pages that are entered, lists, what lists name, and what waits for another try are no matter of forms; hops of redirects are
	formsOf = `SELECT id, url FROM addresses WHERE crawl = ? AND host = ? AND state IN (0, 1) AND kind IN ('', 'section') AND (depth > 0 OR visits = 0 AND state = 1) AND published_source = '' AND tries = 0 AND id > ?
		ORDER BY id LIMIT 5000`
	catch    = `UPDATE addresses SET state = 4, note = ? WHERE id = ?`
	caughtOf = `SELECT id, url FROM addresses WHERE crawl = ? AND host = ? AND state = 4 AND id > ? ORDER BY id LIMIT 5000`
	letGo    = `UPDATE addresses SET state = CASE WHEN visits > 0 THEN 1 ELSE 0 END, note = '' WHERE id = ?`

	setRetry = `UPDATE addresses SET tries = ?, due = ?, ` + outcomeColumns + ` WHERE crawl = ? AND hash = ?`
	setDone  = `UPDATE addresses SET state = 1, visited = ?, first_at = CASE WHEN visits = 0 THEN ? ELSE first_at END, rest = ?, kind = ?, site = ?, depth = ?, source = ?, visits = visits + 1, etag = ?, last_modified = ?,
		digest = ?, changes = ?, rung = ?, ` + outcomeColumns + ` WHERE crawl = ? AND hash = ?`
	setQuiet = `UPDATE addresses SET rung = ?, rest = ?, note = ? WHERE crawl = ? AND hash = ? AND state = 1`
	setMoved = `UPDATE addresses SET state = 2, note = ? WHERE crawl = ? AND hash = ?`
	// an address that a redirect led to on the way, and that was claimed for the visit, is of its page
	setSame = `UPDATE addresses SET state = 2, note = CASE WHEN state = 1 THEN source ELSE note END
		WHERE crawl = ? AND hash = ? AND (state IN (0, 3) AND given = 0 OR state = 1 AND visits = 0 AND source = ?)`
	addKnown = `INSERT INTO addresses (crawl, hash, host, url, source, depth, state, visited) VALUES (?, ?, ?, ?, '', ?, ?, ?)
		ON CONFLICT (crawl, hash) DO NOTHING`
	addClaim = `INSERT INTO addresses (crawl, hash, host, url, source, depth, state, visited)
		VALUES (?, ?, ?, ?, ?, coalesce((SELECT f.depth FROM addresses f WHERE f.crawl = ? AND f.hash = ?), 0), 1, ?)
		ON CONFLICT (crawl, hash) DO UPDATE SET visited = excluded.visited
		WHERE addresses.state IN (1, 2) AND addresses.visits = 0 AND addresses.source = excluded.source`
)

// What the statements write of a Trace, or read as an item (see scanItem).
const (
	outcomeColumns = `outcome = ?, status = ?, err = ?, robots = ?, rule = ?`
	itemColumns    = `url, source, depth, tries, kind, site, published, published_source, published_precision, visited, outcome, status, err, robots, rule,
		etag, last_modified, digest, visits, changes, rung, rest`
)

// addMany inserts n addresses, and returns those that were not known.
func addMany(n int) string {
	return `INSERT INTO addresses (crawl, hash, host, url, source, depth, state, kind, site, published, published_source, published_precision) VALUES ` +
		strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", n)[2:] + ` ON CONFLICT (crawl, hash) DO NOTHING RETURNING url`
}

// putForms writes n forms.
func putForms(n int) string {
	return `INSERT INTO forms (known, visits, articles, streak, same, grown, refused, stopped, crawl, host, form) VALUES ` +
		strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", n)[2:] + ` ON CONFLICT (crawl, host, form) DO UPDATE SET known = excluded.known,
		visits = excluded.visits, articles = excluded.articles, streak = excluded.streak, same = excluded.same, grown = excluded.grown,
		refused = excluded.refused, stopped = excluded.stopped`
}

// markGiven notes that n addresses are handed out.
func markGiven(n int) string {
	return `UPDATE addresses SET given = 1 WHERE id IN (?` + strings.Repeat(", ?", n-1) + `)`
}
