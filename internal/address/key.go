package address

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
)

// Key returns the spelling that two addresses of one page share: scheme and host
// in lower case, no default port, no fragment, no userinfo, no tracking
// parameters; path, its case and its trailing slash are kept, and so is the order
// of the other parameters. What cannot be parsed is returned as it is.
func Key(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return s
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":80")
	} else if u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery, u.ForceQuery = stripTracking(u.RawQuery), false
	return u.String()
}

// ID names the page at a canonical address, spelled in any way: "a" and 15 hex
// digits of the SHA-256 of its Key; "" where there is no address.
func ID(canonical string) string {
	if canonical == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(Key(canonical)))
	return "a" + hex.EncodeToString(sum[:])[:15]
}

// tracking are the parameters that say how a reader came to a page. A name that
// ends in * stands for all names that begin so.
var tracking = []string{"utm_*", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
	"igshid", "mc_cid", "mc_eid", "_ga", "_gl", "ref_src", "ref_url", "ocid", "cmpid", "ncid", "ito", "at_*",
	"xtor", "wt_mc", "wt_zmc", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_enc_id", "oly_anon_id", "s_cid",
	"smid", "cmp", "icid", "intcid", "jsessionid", "phpsessid", "sessionid", "sid"}

func stripTracking(query string) string {
	if query == "" {
		return ""
	}
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return pair == "" || tracks(strings.ToLower(name))
	})
	return strings.Join(kept, "&")
}

func tracks(name string) bool {
	return slices.ContainsFunc(tracking, func(t string) bool {
		if prefix, ok := strings.CutSuffix(t, "*"); ok {
			return strings.HasPrefix(name, prefix)
		}
		return name == t
	})
}
