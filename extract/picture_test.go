package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pictureLines are the pictures of a row as lines: path, caption, credit, source.
func pictureLines(markup string) string {
	row := New(Options{}).HTML([]byte(storyPage(markup)), "https://post.example/2026/ferry-sails-again").Row
	var lines []string
	for i, s := range row.Images {
		line := strings.TrimPrefix(s, "https://post.example")
		for _, more := range []string{row.ImageCaptions[i], row.ImageCredits[i]} {
			line += "|" + more
		}
		if strings.Contains(row.HTML, `<img src="`+strings.ReplaceAll(s, "&", "&amp;")) {
			line += "|shown"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestPictures puts a picture into a plain story, and says what is listed of it.
func TestPictures(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"in a box", "<div class=image><img src=/quay.jpg></div>", "/quay.jpg|||shown"},
		{"in a paragraph", "<p><img src=/quay.jpg></p>", "/quay.jpg|||shown"},
		{"beside words", "<p><img class=alignleft src=/quay.jpg>The quay was full of people that day.</p>", "/quay.jpg|||shown"},
		{"a figure", "<figure><img src=/quay.jpg><figcaption>The quay. Photo: Mara Lund</figcaption></figure>", "/quay.jpg|The quay.|Mara Lund|shown"},
		{"a figure in a button", "<div role=button><figure><button><img src=/quay.jpg></button><figcaption>The quay</figcaption></figure></div>", "/quay.jpg|The quay|"},
		{"WordPress", `<div id=attachment_9 class="wp-caption aligncenter"><a href=/2026/ferry-sails-again/attachment/quay><img src=/quay-300x200.jpg srcset="/quay-300x200.jpg 300w, /quay.jpg 1200w"></a><p class=wp-caption-text>The quay (Photo: Mara Lund)</p></div>`,
			"/quay.jpg|The quay|Mara Lund|shown"},
		{"Blogger", "<table class=tr-caption-container><tr><td><a href=/s1600/quay.jpg><img src=/s400/quay.jpg></a></td></tr><tr><td class=tr-caption>The quay in March</td></tr></table>",
			"/s400/quay.jpg|The quay in March||shown"},
		{"a caption in a box below", "<div class=b7><img src=/quay.jpg><div><p>The quay on Tuesday morning, seen from the tower of the church.</p></div></div>",
			"/quay.jpg|The quay on Tuesday morning, seen from the tower of the church.||shown"},
		{"a caption below", "<p><img src=/quay.jpg></p><p class=i>The quay on Tuesday morning, seen from the tower © Mara Lund</p>", "/quay.jpg|The quay on Tuesday morning, seen from the tower|Mara Lund|shown"},
		{"a credit of its own", "<div class=media-image><img src=/quay.jpg><div class=media-caption>The quay on Tuesday</div><div class=media-credit>Mara Lund</div></div>",
			"/quay.jpg|The quay on Tuesday|Mara Lund|shown"},
		{"a lazy one", `<p><img src="data:image/gif;base64,R0lG" data-src=/quay.jpg></p>`, "/quay.jpg|||shown"},
		{"several sizes, lazy", `<p><img src=/blank.gif data-srcset="/quay-2.jpg 2x, /quay-1.jpg"></p>`, "/quay-2.jpg|||shown"},
		{"for those without scripts", `<div class=lazy><noscript><img src=/quay.jpg alt=quay></noscript></div>`, "/quay.jpg|||shown"},
		{"a picture element", `<picture><source type=image/webp srcset="/quay.webp 800w"><source srcset="/quay.jpg 800w, /quay-s.jpg 400w"><img alt=quay></picture>`, "/quay.jpg|||shown"},
		{"with a caption in the line", "<span class=photo_org><img src=/quay.jpg><em class=img_desc>The quay on Tuesday</em></span>THREE<br><br>", "/quay.jpg|The quay on Tuesday||shown"},
		{"of a series", "<div class=photo-gallery><img src=/quay.jpg><span class=caption>2/28 photos</span></div>", "/quay.jpg|||shown"},
		{"AMP", "<amp-img src=/quay.jpg width=16 height=9 layout=responsive></amp-img>", "/quay.jpg|||shown"},
		{"twice in two sizes", "<p><img src=/w_300,h_200/quay-by-the-sea.jpg></p><p><img src=/w_900,h_600/quay-by-the-sea.jpg></p>", "/w_300,h_200/quay-by-the-sea.jpg|||shown"},
		{"a link to the larger one", "<a href=/quay-large.jpg><img src=/quay.jpg></a>", "/quay.jpg|||shown"},
		{"a link to another page", "<a href=/2026/bridge-closed><img src=/bridge.jpg></a>", ""},
		{"a card of another story", "<div class=c1><img src=/bridge.jpg><div><a href=/2026/bridge-closed>Bridge closed until the second week of May</a></div></div>", ""},
		{"a related box", "<div class=related><h3>Related</h3><img src=/bridge.jpg><p>Bridge closed</p></div>", ""},
		{"a share button", "<div class=share-bar><img src=/s/one.png></div>", ""},
		{"an icon by its size", "<p><img src=/x1.png width=24 height=24></p>", ""},
		{"an icon by its style", "<p><img src=/x1.png style='width: 32px'></p>", ""},
		{"an icon by its folder", "<p><img src=/icons/x1.png></p>", ""},
		{"a smiley", "<p><img class=wp-smiley src=/s/grin.png alt=':-)'></p>", ""},
		{"a counter", "<p><img src='https://count.example/p.gif?id=9' width=1 height=1></p>", ""},
		{"a counter for those without scripts", "<noscript><img height=1 width=1 style='display:none' src='https://count.example/tr?id=9'></noscript>", ""},
		{"a portrait of the author", "<p><img class=avatar src=/lund.jpg></p>", ""},
		{"a portrait by the size that its address asks for", "<p><img src='/lund.jpg?w=60&h=60'></p>", ""},
		{"a drawing of the player", "<div class=b7><img src=/static/load.svg><div>Player is loading</div></div>", ""},
		{"an icon with words below", "<div class=b7><img src=/s/icon_zoom.png><div>Enlarge the map</div></div>", ""},
		{"what holds a place", "<p><img src=/s/1x1-ffffff.png></p>", ""},
		{"a logo", "<p><img src=/static/site-logo.png></p>", ""},
		{"a photo of a logo", "<p><img src=/quay-workers-paint-new-logo-on-ferry.jpg></p>", "/quay-workers-paint-new-logo-on-ferry.jpg|||shown"},
		{"a banner by its size", "<p><img src=/b1.jpg width=728 height=90></p>", ""},
		{"a banner by its box", "<div class=ad-slot><img src=/b1.jpg></div>", ""},
		{"a formula", "<p><img class=latex src='/latex.php?latex=E%3Dmc'></p>", ""},
		{"a drawing that stands for a star", "<p><img src=/s/filled.svg><img src=/s/empty.svg></p>", ""},
		{"one that repeats", "<p><img src=/line.png></p><p>FIVE</p><p><img src=/line.png></p><p>FIVE</p><p><img src=/line.png></p>", ""},
		{"a placeholder", "<p><img src='data:image/png;base64,AAAA'></p>", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := pictureLines("<nav><a href=/><img src=/head.png></a></nav><main><article>" + storyHead + "<div class=story><p>ONE</p><p>TWO</p>" + tt.in +
				"<p>THREE</p><p>FOUR</p></div></article><div class=more><div><a href=/a><img src=/more.jpg></a><h3><a href=/a>Bakery wins prize</a></h3></div></div></main>")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// TestPictureTexts says that a picture in the story changes none of its words.
func TestPictureTexts(t *testing.T) {
	got := storyText(t, storyHead+"<div class=story><p>ONE</p><figure><img src=/quay.jpg><figcaption>The quay in March</figcaption></figure><p>TWO</p>"+
		"<div class=wp-caption><img src=/quay-2.jpg><p class=wp-caption-text>The quay in April</p></div><p>THREE</p></div>", "")
	if got != "ONE\nTWO\nTHREE" {
		t.Errorf("text %q", got)
	}
}

// TestPicturePlaces says which pictures outside of the body are the article's.
func TestPicturePlaces(t *testing.T) {
	const text = "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div>"
	for _, tt := range []struct{ name, in, want string }{
		{"below the headline", "<article>" + storyHead + "<p class=byline><img src=/lund.jpg>By Mara Lund</p><div class=hero><img src=/quay.jpg><p>The quay on Tuesday</p></div>" + text + "</article>",
			"/quay.jpg|The quay on Tuesday|"},
		{"above the headline", "<article><figure><img src=/quay.jpg></figure>" + storyHead + text + "</article>", "/quay.jpg||"},
		{"above the article", "<div><figure><img src=/bridge.jpg></figure></div><article>" + storyHead + text + "</article>", ""},
		{"at the end", "<article>" + storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p><div class=g><img src=/quay-1.jpg></div><div class=g><img src=/quay-2.jpg></div></div></article>",
			"/quay-1.jpg|||shown\n/quay-2.jpg|||shown"},
		{"after the article", "<article>" + storyHead + text + "</article><section><figure><img src=/bridge.jpg></figure></section>", ""},
		{"among other stories", "<article>" + storyHead + text + "</article><section><article><figure><img src=/bridge.jpg></figure><h3><a href=/b>Bridge closed</a></h3></article></section>", ""},
		{"the head of a person", "<article>" + storyHead + text + "<div class=author-box><img src=/lund.jpg><p>Mara Lund has written about the islands since 2009.</p></div></article>", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, pictureLines(tt.in)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestPictureKey(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example/i/quay.jpg", "https://www.a.example/i/quay.jpg?w=300&h=200", true},
		{"https://a.example/i/quay-300x200.jpg", "https://a.example/i/quay-scaled.jpg", true},
		{"https://a.example/i/quay@2x.jpg", "https://a.example/i/quay.jpg", true},
		{"https://a.example/1024x576/quay.jpg", "https://a.example/640x360/quay.jpg", true},
		{"https://a.example/ace/976/cpsprodpb/quay-by-the-sea.jpg", "https://a.example/ace/640/cpsprodpb/quay-by-the-sea.jpg", true},
		{"https://c.example/f_auto,w_640/v1/quay.jpg", "https://c.example/f_auto,w_1280,h_720/v1/quay.jpg", true},
		{"https://c.example/_next/image?url=https%3A%2F%2Fa.example%2Fquay.jpg&w=640&q=75", "https://a.example/quay.jpg", true},
		{"https://c.example/cdn-cgi/image/width=640/https://a.example/quay.jpg", "https://a.example/quay.jpg", true},
		{"https://a.example/image?id=1&w=300", "https://a.example/image?id=1&w=600", true},
		{"https://a.example/image?id=1", "https://a.example/image?id=2", false},
		{"https://a.example/i/img_1234.jpg", "https://a.example/i/img_1235.jpg", false},
		{"https://a.example/2025/quay-by-the-sea.jpg", "https://a.example/2026/quay-by-the-sea.jpg", false},
		{"https://a.example/123/image.jpg", "https://a.example/124/image.jpg", false},
		{"https://a.example/i/quay-2.jpg", "https://a.example/i/quay-3.jpg", false},
	} {
		if got := pictureKey(tt.a) == pictureKey(tt.b); got != tt.same {
			t.Errorf("%s and %s: same %v\n%s\n%s", tt.a, tt.b, got, pictureKey(tt.a), pictureKey(tt.b))
		}
	}
}
