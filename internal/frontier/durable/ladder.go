package durable

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsarchive/internal/frontier"
)

// setLadder has the articles of the site rest by its ladder, where it had another before.
func (f *Frontier) setLadder(ctx context.Context, tx tx, s Site) error {
	var before string
	err := tx.one(ctx, ladderOf, []any{f.crawl, s.ID}, &before)
	if errors.Is(err, errNoRow) {
		return nil
	}
	if err != nil || before == "" || before == fmt.Sprint(s.Ladder) || len(s.Ladder) == 0 {
		return err
	}
	_, err = tx.exec(ctx, byLadder(s.Ladder)+` AND site <> '' AND rest > 0`, f.crawl, s.ID)
	return err
}

// ladder has the articles of a crawl without sites rest by these steps, where its last
// run had others.
func (f *Frontier) ladder(ctx context.Context, tx tx, steps []time.Duration) error {
	if f.o.Name != "" || len(steps) == 0 {
		return nil
	}
	var before string
	if err := tx.one(ctx, ladderOfCrawl, []any{f.crawl}, &before); err != nil || before == fmt.Sprint(steps) {
		return err
	}
	if before != "" {
		if _, err := tx.exec(ctx, byLadder(steps), f.crawl, ""); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, setLadderOfCrawl, fmt.Sprint(steps), f.crawl)
	return err
}

// byLadder is the statement by which articles rest as they would after their last visit
// (see crawl.Ladder): that took one step less than is due next, but none where the steps
// were over.
func byLadder(steps []time.Duration) string {
	last := frontier.Never
	if len(steps) == 1 {
		last = steps[0] // goes on for ever
	}
	step := fmt.Sprintf("(CASE WHEN rung = 0 OR rest >= %d THEN rung ELSE rung - 1 END)", frontier.Never.Microseconds())
	var rests strings.Builder
	for i, rest := range steps {
		fmt.Fprintf(&rests, " WHEN %d THEN %d", i, rest.Microseconds())
	}
	return fmt.Sprintf(`UPDATE addresses SET rest = CASE %s%s ELSE %d END, rung = CASE WHEN %[1]s < %[4]d THEN %[1]s + 1 ELSE %[4]d END
		WHERE crawl = ? AND site = ? AND kind = 'article' AND state = 1`, step, rests.String(), last.Microseconds(), len(steps))
}
