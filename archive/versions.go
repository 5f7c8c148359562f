package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"newsarchive/internal/address"
	"newsarchive/page"
)

// ID returns the id of the article whose canonical address this is: "a" and 15
// hex digits of the SHA-256 of the address in its shared spelling. The address
// itself may be spelled in any way.
func ID(canonical string) string { return address.ID(canonical) }

// version is what is remembered of the newest version of an article.
type version struct {
	number  int
	reading int // of its capture
	print   uint64
	worth   worth
}

func versionOf(r *page.Row) version {
	return version{r.Version, reading(r), fingerprint(r), worthOf(r.Outcome)}
}

// worth is how much of an article a row holds: no later row that holds less takes the
// place of one.
type worth int

const (
	worthNothing worth = iota
	worthPart          // what stands before a gate, or came before the connection was cut
	worthWhole
)

func worthOf(o page.Outcome) worth {
	switch {
	case !o.HasArticle():
		return worthNothing
	case o == page.OK:
		return worthWhole
	}
	return worthPart
}

// poorer reports whether a row holds less than what stands. What is longer than the bounds
// is cut at the same place each time, and is as whole as it can be.
func poorer(r *page.Row, than worth) bool {
	return worthOf(r.Outcome) < than && !(r.Outcome.HasArticle() && r.Truncated == "length")
}

// versions are newest versions by the keys of ids.
type versions map[uint64]version

func (v versions) number(id string) int { return v[key(id)].number }

// numbering knows the newest version of each article.
type numbering struct {
	fresh  versions // since the ledger was written last
	ledger *ledger
}

func (s *numbering) newest(id string) (version, error) {
	k := key(id)
	if v, ok := s.fresh[k]; ok {
		return v, nil
	}
	v, err := s.ledger.newest(k)
	if err != nil {
		err = fmt.Errorf("look for the newest version of %s: %w", id, err)
	}
	return v, err
}

// decide sets version and change of the row after the version that stands, whose number it
// has, and reports whether it says something new and is to be stored.
func (s *numbering) decide(r *page.Row, old version) bool {
	switch {
	case old.number > 0 && old.print == fingerprint(r):
		r.Change = "unchanged"
		return false
	case poorer(r, old.worth):
		r.Change = "kept"
		return false
	}
	r.Version, r.PreviousVersion = old.number+1, old.number
	r.Change = changeAfter(old.number, old.worth, r)
	s.fresh[key(r.ID)] = versionOf(r)
	return true
}

// changeAfter is the change of a row after the version of that number: the first that
// has an article is new, though its page had failed before.
func changeAfter(number int, had worth, r *page.Row) string {
	if number == 0 || had == worthNothing && r.Outcome.HasArticle() {
		return "new"
	}
	return "changed"
}

// fingerprint stands for what makes a version: title and text of an article,
// and the outcome where there is none.
func fingerprint(r *page.Row) uint64 {
	outcome := r.Outcome
	if outcome.HasArticle() {
		outcome = page.OK
	}
	sum := sha256.Sum256([]byte(string(outcome) + "\x00" + r.TextSHA256 + "\x00" + r.Title))
	return binary.BigEndian.Uint64(sum[:])
}

// key packs the hex digits of an id; ids of another kind share the key of no id.
func key(id string) uint64 {
	n, err := strconv.ParseUint(id[min(1, len(id)):], 16, 64)
	if err != nil {
		return ^uint64(0)
	}
	return cmp.Or(n, 1)
}
