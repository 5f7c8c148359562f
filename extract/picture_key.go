package extract

import (
	"net/url"
	"regexp"
	"strings"
)

// pictureKey is the same for addresses of one picture in several sizes. Image servers have the
// size in the query, in a part of the path of its own, or at the end of the file's
// name; those that fetch the picture from elsewhere have its whole address in theirs.
func pictureKey(address string) string {
	u, err := url.Parse(inner(address))
	if err != nil {
		return address
	}
	parts := strings.Split(strings.ToLower(u.Path), "/")
	last := len(parts) - 1
	stem, ending := splitEnding(parts[last])
	kept := parts[:0]
	for _, part := range parts[:last] {
		if !sizePart.MatchString(part) && !(len(stem) >= 12 && sizeNumber.MatchString(part)) {
			kept = append(kept, part)
		}
	}
	key := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.Join(kept, "/")
	if ending == "" {
		return key + "/" + stem + "?" + identity(u.Query())
	}
	return key + "/" + sizeSuffix.ReplaceAllString(stem, "")
}

var (
	sizePart   = regexp.MustCompile(`^(?:\d{2,4}x\d{0,4}|x\d{2,4}|[wh]?[-_=]?\d{2,4}(?:px|w|h)|[wh][-_=]?\d{2,4}|(?:(?:w|h|c|q|f|g|e|ar|dpr|fl|t|width|height|quality|format|fit|crop|resize|gravity)[-_=:][\w.:-]+,?)+|fit-in|unsafe|resize|smart|landscape_\w+|portrait_\w+|square_\w+|width\d+|height\d+)$`)
	sizeNumber = regexp.MustCompile(`^(?:[1-9]\d{2}|1[0-8]\d\d|2[1-9]\d\d|20[4-9]\d|[3-4]\d{3})$`) // no year
	sizeSuffix = regexp.MustCompile(`(?:[-_.@](?:\d{2,4}x\d{2,4}|\d{2,4}w|[wh]\d{2,4}|scaled|[23]x|thumb|thumbnail|small|medium|large))+$`)
	sizeParams = regexp.MustCompile(`^(?:w|h|width|height|size|sz|quality|q|fit|crop|auto|format|fm|dpr|resize|s|rect|ar|im|imwidth|imheight|imquality|op_sharpen|ssl|strip|v|ver|cb|t)$`)
)

// inner returns the address that an image server fetches its picture from, where it is
// part of the server's own.
func inner(address string) string {
	if u, err := url.Parse(address); err == nil && u.RawQuery != "" {
		for _, name := range [...]string{"url", "src", "image", "img"} {
			if from := u.Query().Get(name); from != "" {
				if to, err := u.Parse(from); err == nil && (to.Scheme == "http" || to.Scheme == "https") {
					return to.String()
				}
			}
		}
	}
	for _, scheme := range [...]string{"http://", "https://", "http%3A%2F%2F", "https%3A%2F%2F", "http:/", "https:/"} {
		if i := strings.LastIndex(address, scheme); i > 8 {
			if from, err := url.PathUnescape(address[i:]); err == nil {
				return from
			}
		}
	}
	return address
}

// splitEnding parts a file's name from the ending of an image's.
func splitEnding(name string) (stem, ending string) {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 {
		return name, ""
	}
	switch name[i+1:] {
	case "jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "jpe", "bmp", "tif", "tiff", "jfif":
		return name[:i], name[i+1:]
	}
	return name, ""
}

// identity is what is left of a query without what asks for a size.
func identity(query url.Values) string {
	for name := range query {
		if sizeParams.MatchString(strings.ToLower(name)) {
			query.Del(name)
		}
	}
	return query.Encode()
}
