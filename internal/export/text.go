package export

import (
	"errors"
	"fmt"
	"strings"

	"newsarchive/page"
)

// text writes an article to a file of its own. The name is made of id and version,
// never of what a page says; what else is known of the article is in the table.
func (p *pack) text(r *page.Row) error {
	f, err := p.create(textName(r))
	if err != nil {
		return err
	}
	f.WriteString(textOf(r)) // a failure is seen at the end
	res, err := f.end()
	p.texts++
	p.textBytes += res.bytes
	return errors.Join(err, p.sum(res))
}

func textName(r *page.Row) string {
	return fmt.Sprintf("text/%.2s/%s-v%d.txt", strings.TrimPrefix(r.ID, "a"), r.ID, r.Version)
}

// textOf is the headline, the standfirst unless the text begins with it, and the
// blocks of the text, with an empty line between them.
func textOf(r *page.Row) string {
	blocks := []string{r.Title}
	if r.Lead != "" && !strings.HasPrefix(r.Text, r.Lead) {
		blocks = append(blocks, r.Lead)
	}
	return strings.Join(append(blocks, strings.Split(r.Text, "\n")...), "\n\n") + "\n"
}
