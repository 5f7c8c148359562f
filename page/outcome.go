package page

// An Outcome says how one address ended. Each address ends with exactly one.
type Outcome string

// The outcomes. Only OK and Unchanged are success without reservation.
const (
	OK            Outcome = "ok"             // the whole article
	Partial       Outcome = "partial"        // a part of it: cut short, or only a preview was sent
	Paywalled     Outcome = "paywalled"      // the page says that the rest is for subscribers
	Blocked       Outcome = "blocked"        // a bot challenge, 401, 403 or 429
	RobotsDenied  Outcome = "robots_denied"  // robots.txt refused; nothing was requested
	NotArticle    Outcome = "not_article"    // a front, section or search page, or no page at all
	Empty         Outcome = "empty"          // a page without text
	JSRequired    Outcome = "js_required"    // the text comes by script only
	HTTPError     Outcome = "http_error"     // any other status outside 2xx
	NetworkError  Outcome = "network_error"  // no complete answer: DNS, TLS, refused, cut, time out
	TooLarge      Outcome = "too_large"      // a bound was hit before the article was whole
	UnsafeAddress Outcome = "unsafe_address" // a scheme or address that this program does not visit
	Unchanged     Outcome = "unchanged"      // 304, or the same article as before
)

// Outcomes lists every outcome, best first.
var Outcomes = [...]Outcome{OK, Unchanged, Partial, Paywalled, NotArticle, Empty, JSRequired,
	Blocked, HTTPError, NetworkError, TooLarge, RobotsDenied, UnsafeAddress}

// Failed reports whether a visit that ended so, with an answer of that status, has failed: it
// may give an article another time. What is gone, refused, or no article has not failed.
func (o Outcome) Failed(status int) bool {
	return o == NetworkError || o == Blocked || o == TooLarge || o == HTTPError && status >= 500
}

// HasArticle reports whether a row of this outcome holds article text.
func (o Outcome) HasArticle() bool { return o == OK || o == Partial || o == Paywalled }
