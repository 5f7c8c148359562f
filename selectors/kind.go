package selectors

import (
	"fmt"
	"strings"
)

// A Kind is a set of the things that a container on a page can be.
type Kind uint32

// The kinds. Lead, Body and Live speak for a container, all others against it.
const (
	Navigation    Kind = 1 << iota // menus, breadcrumbs, headers, footers, side columns
	Comments                       // readers' comments and their forms
	Consent                        // cookie and privacy dialogs
	Share                          // buttons for social networks
	Related                        // teasers and links to other articles
	Newsletter                     // sign-up, subscription, app and donation boxes
	Advertisement                  // advertisements and shop boxes
	Author                         // boxes about the author
	Meta                           // byline, date, section, counters
	Tags                           // lists of keywords
	Tools                          // buttons, dialogs, players of speech, votes
	Media                          // pictures, galleries and players with what belongs to them
	Caption                        // captions and credits
	Lead                           // the standfirst
	Body                           // the article's text
	Live                           // the entries of a live blog
	Aside                          // boxes of facts and background beside the text
	Unseen                         // text that is shown to screen readers alone, or under the pointer
)

var kindNames = []string{"navigation", "comments", "consent", "share", "related", "newsletter", "advertisement",
	"author", "meta", "tags", "tools", "media", "caption", "lead", "body", "live", "aside", "unseen"}

// Clutter are the kinds that are no part of an article's text.
const Clutter = Navigation | Comments | Consent | Share | Related | Newsletter | Advertisement |
	Author | Meta | Tags | Tools | Media | Caption | Aside | Unseen

// String lists the names in the set, joined by "+"; the empty set is "".
func (k Kind) String() string {
	var names []string
	for i, name := range kindNames {
		if k&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

func parseKind(name string) (Kind, error) {
	for i, known := range kindNames {
		if name == known {
			return 1 << i, nil
		}
	}
	return 0, fmt.Errorf("unknown kind %q, want one of %s", name, strings.Join(kindNames, ", "))
}
