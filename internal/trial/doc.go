// Package trial tries the built program as a whole: crawls beside hostile hosts,
// kills of workers and of the database, the take-over of a dead worker's hosts, and
// a long queue. Everything is real: processes, sockets, SQLite and PostgreSQL.
//
// The trials take minutes. They run where SCRAPE_TRIALS is set:
//
//	SCRAPE_TRIALS=1 go test -v -timeout 30m ./internal/trial
package trial
