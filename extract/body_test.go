package extract

import (
	"fmt"
	"strings"
	"testing"

	"newsarchive/page"
	"newsarchive/selectors"

	"github.com/google/go-cmp/cmp"
)

// The paragraphs of a made-up story, by the words that stand for them below.
var storyParagraphs = []string{
	"ONE", "The ferry to Lindholm island sailed again on Tuesday after a winter in the yard, with ninety people and two tractors on board.",
	"TWO", "Islanders had waited on the quay since six, said the harbour master, who counted more flags than in any year that she remembers.",
	"THREE", "The new engine runs on electricity for the first half of the crossing and needs eleven minutes at the charger between two trips.",
	"FOUR", "Tickets cost what they did before the repair, the council decided in March, and children under twelve keep travelling for nothing.",
	"FIVE", "Critics say the timetable leaves pupils standing for forty minutes each afternoon, and ask for one more boat before the autumn term.",
}

// storyPage returns a page with the markup in its body, words for paragraphs replaced.
func storyPage(markup string) string {
	return "<!doctype html><html lang=en><head><title>Ferry sails again - Lindholm Post</title></head><body>" +
		strings.NewReplacer(storyParagraphs...).Replace(markup) + "</body></html>"
}

// storyText is the text of a page with the words for its paragraphs.
func storyText(t *testing.T, markup, head string) string {
	t.Helper()
	body := strings.Replace(storyPage(markup), "<head>", "<head>"+head, 1)
	row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
	if row.Outcome != page.OK && row.Outcome != page.Partial {
		t.Fatalf("outcome %s", row.Outcome)
	}
	return storyWords(row.Text)
}

func storyWords(text string) string {
	back := make([]string, len(storyParagraphs))
	for i := 0; i < len(back); i += 2 {
		back[i], back[i+1] = storyParagraphs[i+1], storyParagraphs[i]
	}
	return strings.NewReplacer(back...).Replace(text)
}

const storyHead = "<h1>Ferry sails again</h1>"

// TestBodyBlocks puts one thing more into a plain story, and says what stays.
func TestBodyBlocks(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"nothing more", "", ""},
		{"a subheading", "<h2>At the charger</h2>", "At the charger"},
		{"a subheading that a box shares", "<h2>Related</h2>", ""},
		{"a list", "<ul><li>two tractors</li><li>ninety people</li></ul>", "two tractors\nninety people"},
		{"a subheading over a list that goes, before another", "<h2>Our reports</h2><ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul><h2>At the charger</h2>", "At the charger"},
		{"a subheading with such a list in a box", "<div class=x1><h3>Our reports</h3><ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul></div>", ""},
		{"a subheading over a box that interrupts", "<h2>At the charger</h2><div class=related><p><a href=/a>Bridge closed until May</a></p></div>", "At the charger"},
		{"a subheading over a list that goes, and a lesser one", "<h2>The boats</h2><ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul><h3>At the charger</h3>", "The boats\nAt the charger"},
		{"a subheading over a picture, before another", "<h2>The old boat</h2><figure><img src=f.jpg><figcaption>The old boat in 1971</figcaption></figure><h2>The new one</h2>", "The old boat\nThe new one"},
		{"a list of links", "<ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul>", ""},
		{"a table", "<table><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table>", "Mon\t6.40\nTue\t7.10"},
		{"a table with a caption", "<table><caption>Boats a day</caption><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table>", "Boats a day\nMon\t6.40\nTue\t7.10"},
		{"a table in a figure", "<figure class=wp-block-table><table><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table></figure>", "Mon\t6.40\nTue\t7.10"},
		{"a table in a figure with a caption", "<figure class=table><table><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table><figcaption>Boats by day.</figcaption></figure>",
			"Mon\t6.40\nTue\t7.10\nBoats by day."},
		{"a table in a figure with a source", "<figure><table><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table><figcaption>Source: county</figcaption></figure>", "Mon\t6.40\nTue\t7.10"},
		{"a list in a figure", "<figure><ul><li>two tractors</li><li>ninety people</li></ul></figure>", "two tractors\nninety people"},
		{"code in a figure", "<figure><pre>sail --from quay --at 6.40</pre></figure>", "sail --from quay --at 6.40"},
		{"a list in a figure with a picture", "<figure><img src=f.jpg><ul><li>two tractors</li><li>ninety people</li></ul></figure>", ""},
		{"the legend of a drawing", "<figure><svg><path d=M0/></svg><ul><li>two tractors</li><li>ninety people</li></ul></figure>", ""},
		{"a list in a figure called a gallery", "<figure class=gallery><ul><li>two tractors</li><li>ninety people</li></ul></figure>", ""},
		{"links in a figure", "<figure><ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul></figure>", ""},
		{"a sentence of other letters that begins as a service line does", "<p>Реклама на фасаде портового склада останется до весны, если совет не решит иначе, сообщает газета.</p>", "Реклама на фасаде портового склада останется до весны, если совет не решит иначе, сообщает газета."},
		{"such a service line", "<p>Реклама</p>", ""},
		{"a service line with the name of a channel", "<p>Подписывайтесь на наш канал, чтобы не пропустить новости порта, расписание и цены на билеты.</p>", ""},
		{"what to read, in Persian", "<p>بیشتر بخوانید: <a href=/b>پل تا اردیبهشت بسته است</a></p>", ""},
		{"what to read, in Croatian", "<p>Pročitajte još: <a href=/b>Most zatvoren do svibnja</a></p>", ""},
		{"what to read, in Bengali", "<p>আরও পড়ুন: <a href=/b>মে পর্যন্ত সেতু বন্ধ</a></p>", ""},
		{"what to read, in Bulgarian", "<h4>Още по темата</h4><ul><li><a href=/b>Мостът е затворен до май</a></li></ul>", ""},
		{"a quotation", "<blockquote><p>We heard the horn before we saw her.</p></blockquote>", "We heard the horn before we saw her."},
		{"a post in a container of social media", "<div class=social-embed><blockquote class=post><p>We heard the horn before we saw her.</p>— Mara Lund (@mara) <a href=/p>March 3</a></blockquote></div>",
			"We heard the horn before we saw her.\n— Mara Lund (@mara) March 3"},
		{"a table of players", "<table><tr class='row player-17'><td>Mara Lund</td><td>6</td></tr><tr class='row player-18'><td>Ole Dahl</td><td>7</td></tr></table>",
			"Mara Lund\t6\nOle Dahl\t7"},
		{"a player", "<div class=player><p>The sailing of the ferry in four minutes of film.</p></div>", ""},
		{"a label and a headline", "<p>FROM THE QUAY | <a href=/a>Bridge stays closed until the second week of May</a></p>", ""},
		{"a label and names", "<p>North quay: <a href=/a>Lund</a>, <a href=/b>Dahl</a>, <a href=/c>Berg</a>, <a href=/d>Nilsen</a></p>",
			"North quay: Lund, Dahl, Berg, Nilsen"},
		{"a short paragraph", "<p>Nobody cheered.</p>", "Nobody cheered."},
		{"a link to read more", "<p>Read more: <a href=/a>Bridge closed until May</a></p>", ""},
		{"a sentence with a link", "<p>The council <a href=/a>voted in March</a> for it, nine to four.</p>", "The council voted in March for it, nine to four."},
		{"a sentence that is mostly a link", "<p>Mr Trew <a href=/a>was charged with fraud in 2024</a>.</p>", "Mr Trew was charged with fraud in 2024."},
		{"one of two words", "<p>He <a href=/a>resigned</a>.</p>", "He resigned."},
		{"one with its link in the middle", "<p>The <a href=/a>annual report of the Lindholm Ferry Company for 2025</a> said so.</p>",
			"The annual report of the Lindholm Ferry Company for 2025 said so."},
		{"a quotation whose speaker is a link", "<p>“It works,” <a href=/a>wrote the captain in her log last week</a>.</p>", "“It works,” wrote the captain in her log last week."},
		{"a sentence that is a link", "<p><a href=/a>The bridge stays closed until the second week of May</a>.</p>", ""},
		{"a label and a sentence that is a link", "<p>Related: <a href=/a>The bridge stays closed until May.</a></p>", ""},
		{"another label and such a sentence", "<p>Our report: <a href=/a>The bridge stays closed until May.</a></p>", ""},
		{"a kicker and such a sentence", "<p>VIDEO <a href=/a>The bridge stays closed until May.</a></p>", ""},
		{"a line of service", "<p>Sign up for our letter from the quay.</p>", ""},
		{"a sentence that begins like one", "<p>Share prices of the yard rose by nine percent on the day that the contract was made public.</p>",
			"Share prices of the yard rose by nine percent on the day that the contract was made public."},
		{"an address for letters", "<p>quay@post.example</p>", ""},
		{"the title again", "<p>Ferry sails again</p>", ""},
		{"a caption in a figure", "<figure><img src=f.jpg><figcaption>The ferry at the quay on Tuesday morning.</figcaption></figure>", ""},
		{"a caption beside a picture", "<div class=b7><img src=f.jpg><div><p>The ferry at the quay on Tuesday morning, seen from the tower of the church.</p></div></div>", ""},
		{"a paragraph with a picture", "<p><img src=f.jpg>The tower of the church was open to everybody who wanted to see her come in.</p>",
			"The tower of the church was open to everybody who wanted to see her come in."},
		{"a credit below a picture", "<p><img src=f.jpg></p><p class=i>The ferry at the quay on Tuesday morning, seen from the tower (Image: Anna Example)</p>", ""},
		{"a credit without a picture", "<p class=i>The ferry at the quay on Tuesday morning, seen from the tower (image: Anna Example).</p>",
			"The ferry at the quay on Tuesday morning, seen from the tower (image: Anna Example)."},
		{"a list of links with words", "<ul><li><a href=/a>Bridge closed until May</a>, again</li><li><a href=/b>Bakery wins prize</a> of county</li><li><a href=/c>Tides this week</a>, high</li></ul>", ""},
		{"a list with some links", "<ul><li><a href=/a>Two tractors</a> came on board</li><li>ninety people with them</li><li>one dog</li></ul>",
			"Two tractors came on board\nninety people with them\none dog"},
		{"an address in a line with a link", "<p>Write to <a href=/desk>the desk</a> at quay@post.example.</p>", ""},
		{"a short line below a picture", "<p><img src=f.jpg></p><p>Foto: The quay on Tuesday</p>", ""},
		{"a box of facts", "<div class=fact-box><h3>The ferry</h3><p>She was built in 1971 and carries ninety people.</p></div>", ""},
		{"an aside", "<aside><p>She was built in 1971 and carries ninety people.</p></aside>", ""},
		{"facts in a section", "<section class=facts-we-know><p>She was built in 1971 and carries ninety people.</p></section>", "She was built in 1971 and carries ninety people."},
		{"a newsletter box", "<div class=newsletter-signup><p>The island in your inbox every Friday, with weather and tides.</p></div>", ""},
		{"a newsletter in the text", "<p>The newsletter of the yard had promised the sailing for February.</p>", "The newsletter of the yard had promised the sailing for February."},
		{"names run together", "<div class=articleteaserlist><p>A second story told in a whole sentence, as teasers are.</p></div>", ""},
		{"an author box", "<div class=author-bio><p>Mara Lund has written about the islands since 2009.</p></div>", ""},
		{"a word on the author", "<p>The author of the timetable did not want to be named.</p>", "The author of the timetable did not want to be named."},
		{"a box with its heading", "<div class=x1><h3>You may also like</h3><p>Bakery on the quay wins the prize of the county.</p></div>", ""},
		{"another heading in such a box", "<div class=x1><h3>What comes next</h3><p>Bakery on the quay wins the prize of the county.</p></div>",
			"What comes next\nBakery on the quay wins the prize of the county."},
		{"hidden text", "<p style='display: none'>This is read by nobody who looks at the page in a browser.</p>", ""},
		{"a comment", "<div class=comments><p>I was there with my whole family and we loved every minute of it.</p></div>", ""},
		{"a pull of tags", "<div class=tags><a href=/t/ferry>Ferry</a> <a href=/t/island>Island</a></div>", ""},
		{"a card under the pointer", "<p>The council of <span class=k><a href=/w>Lindholm</a><span class=c><img src=w.jpg><a href=/w>The village of Lindholm</a> <a href=/a>Bridge closed until May</a></span></span> voted in March for it, nine to four.</p>",
			"The council of Lindholm voted in March for it, nine to four."},
		{"words for screen readers", "<p>The council <a href=/a>voted in March<span class=sr-only> (opens in a new window)</span></a> for it, nine to four.</p>",
			"The council voted in March for it, nine to four."},
		{"a hidden word", "<p>The council voted <span style='display:none'>secretly </span>for it, nine to four.</p>", "The council voted for it, nine to four."},
		{"a cell of a sign alone", "<table><tr><th>Day</th><th>%</th><th>Boat</th></tr><tr><td>Mon</td><td>40</td><td>old</td></tr></table>", "Day\t%\tBoat\nMon\t40\told"},
		{"a line of labels", "<p>November 24 2026 - Posted by: Mara Lund - Category: Harbour</p>", ""},
		{"one label", "<p>Location: the northern quay of Lindholm</p>", "Location: the northern quay of Lindholm"},
		{"a long line of credits", "<p>Reporting by Mara Lund, Ole Dahl and Anna Example on the island; additional reporting by Ida Berg in the county town and the desk at sea; editing by Nils Lind</p>", ""},
		{"a moved story", "<p>This is a breaking news story - more to follow</p>", ""},
		{"a section headed as loudly as the page", "<h1>At the charger</h1>", "At the charger"},
		{"the title once more as h1", "<h1>Ferry sails again</h1>", ""},
		{"a pull quote", "<blockquote class=pullquote><p>Islanders had waited on the quay since six, said the harbour master</p></blockquote>", ""},
		{"a quotation set as one", "<blockquote class=pullquote><p>We heard the horn before we saw her, all of us.</p></blockquote>", "We heard the horn before we saw her, all of us."},
		{"what leads to a list, below a picture", "<p><img src=f.jpg></p><p>On board she had:</p>", "On board she had:"},
		{"a table in boxes", "<table><tr><td><div>Mon</div></td><td><div>6.40</div><div>(-3%)</div></td></tr><tr><td><div>Tue</div></td><td><div>7.10</div></td></tr></table>", "Mon\t6.40 (-3%)\nTue\t7.10"},
		{"where it came out first", "<p>Originally published at island.example on March 3.</p>", ""},
		{"scores", "<ul><li>1/5 of the deck</li><li>2/5 of the hull</li></ul>", "1/5 of the deck\n2/5 of the hull"},
		{"a recipe without scripts", "<div class='card card-no-js'><p>Stir the barley into the hot broth, and wait.</p></div>", "Stir the barley into the hot broth, and wait."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := storyText(t, "<nav><a href=/>Home</a></nav><main><article>"+storyHead+"<div class=story><p>ONE</p><p>TWO</p>"+tt.in+
				"<p>THREE</p><p>FOUR</p></div></article></main>", "")
			want := "ONE\nTWO\nTHREE\nFOUR"
			if tt.want != "" {
				want = "ONE\nTWO\n" + tt.want + "\nTHREE\nFOUR"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// TestBodyPlaces says where the body is on pages of other builds.
func TestBodyPlaces(t *testing.T) {
	const comment = "<p>I do not think that anybody who lives here was asked before they bought that engine, and I have lived here for sixty years.</p>"
	slides := ""
	for n := range 5 {
		slides += fmt.Sprintf("<li><h2>%d/5 Ferries %d</h2><p>The boats that sailed between the islands of the county before her, number %d, were built of wood.</p></li>", n+1, n+1, n+1)
	}
	for _, tt := range []struct{ name, in, want string }{
		{"split over sections of one class", storyHead + "<section class=part><p>ONE</p><p>TWO</p></section><aside class=ad>Buy a boat</aside><section class=part><p>THREE</p><p>FOUR</p></section>",
			"ONE\nTWO\nTHREE\nFOUR"},
		{"line breaks", storyHead + "<div>ONE<br><br>TWO<br><br>THREE</div>", "ONE\nTWO\nTHREE"},
		{"short sentences at both ends of line breaks", storyHead + "<div>Nobody came.<br><br>ONE<br><br>TWO<br><br>Was it too cold?</div>", "Nobody came.\nONE\nTWO\nWas it too cold?"},
		{"labels at both ends of line breaks", storyHead + "<div>Island news<br><br>ONE<br><br>TWO<br><br>Lindholm, Tuesday</div>", "ONE\nTWO"},
		{"longer comments", storyHead + "<div class=story><p>ONE</p><p>TWO</p></div><div id=comments>" + strings.Repeat(comment, 9) + "</div>", "ONE\nTWO"},
		{"longer consent", storyHead + "<div class=story><p>ONE</p><p>TWO</p></div><div id=onetrust-consent-sdk>" + strings.Repeat(comment, 5) + "</div>", "ONE\nTWO"},
		{"a body that is mostly a quotation", storyHead + "<div class=entry-content><p>ONE</p><blockquote><p>TWO</p><p>THREE</p><p>FOUR</p></blockquote><p>FIVE</p></div>",
			"ONE\nTWO\nTHREE\nFOUR\nFIVE"},
		{"a body of one list item", storyHead + "<div class=wrap><ul><li>ONE TWO THREE FOUR FIVE</li></ul></div>", "ONE TWO THREE FOUR FIVE"},
		{"the declared body around most of its text", storyHead + "<div class=entry-content><p>ONE</p><div class=x><p>TWO</p><p>THREE</p><p>FOUR</p></div><p>Nobody cheered.</p><ul><li>two tractors</li></ul></div>",
			"ONE\nTWO\nTHREE\nFOUR\nNobody cheered.\ntwo tractors"},
		{"sections that bear a telling name by mistake", storyHead + "<div class=story><section class=promo><p>ONE TWO</p></section><section class=promo><p>THREE FOUR</p></section></div>" +
			"<p>The quay is open from six to ten, and from noon to nine in summer.</p>", "ONE TWO\nTHREE FOUR"},
		{"teasers of that name", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div><section class=promo><p>The bakery on the quay wins the prize.</p></section>" +
			"<section class=promo><p>The bridge stays closed until May.</p></section>", "ONE\nTWO\nTHREE"},
		{"an aside that is the story", "<aside><div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div></aside><p>The quay is open from six to ten.</p>", "ONE\nTWO\nTHREE"},
		{"a live blog", storyHead + "<div class=story><p>ONE</p><p>TWO</p></div><div class=live-events><div class=live-event><h3>She is in sight</h3><div class=t><p>THREE</p></div></div>" +
			"<div class=live-event><h3>She has landed</h3><div class=t><p>FOUR</p></div></div></div>", "ONE\nTWO\nShe is in sight\nTHREE\nShe has landed\nFOUR"},
		{"other stories in whole sentences", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div><div class=others><div class=o><h3>Bridge</h3><div class=t><p>FOUR</p></div></div></div>", "ONE\nTWO\nTHREE"},
		{"short paragraphs at both ends", storyHead + "<div class=story><p>Nobody cheered</p><p>ONE</p><p>TWO</p><p>Then she was gone</p></div>", "Nobody cheered\nONE\nTWO\nThen she was gone"},
		{"a heading at the head", storyHead + "<div class=story><h2>A morning on the quay</h2><p>ONE</p><p>TWO</p></div>", "A morning on the quay\nONE\nTWO"},
		{"everything has a telling name", storyHead + "<div class=x><div class=related-1><p>ONE TWO</p><p>THREE</p></div><div class=related-2><p>FOUR</p></div></div>",
			"ONE TWO\nTHREE"},
		{"a template in the body", storyHead + "<div class=post-content><script type=text/template><p>ONE</p><p>TWO</p></script><noscript><p>ONE</p></noscript></div><p>Write to the desk.</p>", "ONE\nTWO"},
		{"labels at both ends", storyHead + "<div class=story><div>Harbour desk</div><p>ONE</p><p>TWO</p><div>Page 4</div></div>", "ONE\nTWO"},
		{"a short line of loose text below a framed picture", storyHead + "<div class=story>ONE<br><div class=sep><img src=f.jpg></div><br>Nobody cheered when she came in that day<br><br>TWO<br><br>THREE</div>",
			"ONE\nNobody cheered when she came in that day\nTWO\nTHREE"},
		{"a notice at the end", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>Please note: comments that offend will not be published, and all of them are moderated by the desk.</p></div>", "ONE\nTWO"},
		{"where to write to the reporter", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>Mara Lund covers the islands. Reach her at lund@post.example or 555-0100.</p></div>", "ONE\nTWO"},
		{"a heading over a table below the last prose", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h3>Boats</h3><table><tr><td>Mon</td><td>6.40</td></tr><tr><td>Tue</td><td>7.10</td></tr></table></div>", "ONE\nTWO\nBoats\nMon\t6.40\nTue\t7.10"},
		{"a heading over links below the last prose", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h3>Boats</h3><ul><li><a href=/a>Bridge closed until May</a></li><li><a href=/b>Bakery wins prize</a></li></ul></div>", "ONE\nTWO"},
		{"a heading over items with links below the last prose", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h3>Notes</h3><ol><li>Timetable of 1971, <a href=/a>harbour office</a></li></ol></div>", "ONE\nTWO\nTimetable of 1971, harbour office"},
		{"a byline and a date", storyHead + "<div class=story><p>By Mara Lund | 24. 11. 2026.</p><p>ONE</p><p>TWO</p></div>", "ONE\nTWO"},
		{"the author's name below", storyHead + "<p>By Mara Lund</p><div class=story><p>ONE</p><p>TWO</p><p><b>Mara Lund</b></p></div>", "ONE\nTWO"},
		{"another's name below", storyHead + "<p>By Mara Lund</p><div class=story><p>ONE</p><p>TWO</p><p>Ole Dahl!</p></div>", "ONE\nTWO\nOle Dahl!"},
		{"a channel, in Chinese", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>★加入山海新聞LINE好友，新聞不漏接</p></div>", "ONE\nTWO"},
		{"a notice in Portuguese", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>ATENÇÃO: os comentários são aprovados pelo moderador antes de aparecerem aqui na página.</p></div>", "ONE\nTWO"},
		{"such words in the story", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>The comments of the harbour master were moderated in tone.</p><p>THREE</p><p>FOUR</p><p>FIVE</p><p>THREE</p><p>FOUR</p></div>",
			"ONE\nTWO\nThe comments of the harbour master were moderated in tone.\nTHREE\nFOUR\nFIVE\nTHREE\nFOUR"},
		{"split over parts of two builds", storyHead + "<div class='part first'><div class='text big'><p>ONE</p><p>TWO</p></div></div><div class=part><div class=text><p>THREE</p></div></div>" +
			"<div class=part><div class=text><p>FOUR</p></div></div><div class=part><div class=text><p>FIVE</p></div></div>", "ONE\nTWO\nTHREE\nFOUR\nFIVE"},
		{"a series of pictures", storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p><p>ONE TWO THREE FOUR FIVE</p><ul>" + slides + "</ul></div>",
			"ONE\nTWO\nTHREE\nFOUR\nFIVE\nONE TWO THREE FOUR FIVE"},
		{"a story that is such a series", storyHead + "<div class=story><p>ONE</p><ul>" + slides + "</ul></div>",
			"ONE\n" + strings.NewReplacer("<li><h2>", "", "</h2><p>", "\n", "</p></li>", "\n").Replace(strings.TrimSuffix(slides, "</p></li>"))},
		{"one linked heading", storyHead + "<div class=story><p>ONE</p><h3><a href=/a>Bakery wins prize</a></h3><p>TWO THREE</p><p>FOUR FIVE</p></div>", "ONE\nTWO THREE\nFOUR FIVE"},
		{"a heading with a label below", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h2>Tomorrow</h2><div>Page 4</div></div>", "ONE\nTWO"},
		{"a heading with links below", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h2>Other boats</h2><p><a href=/a>Bridge closed until the second week of May</a></p></div>", "ONE\nTWO"},
		{"a heading with nothing below", storyHead + "<div class=story><p>ONE</p><p>TWO</p><h2>Tomorrow</h2></div>", "ONE\nTWO"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, storyText(t, "<div class=page>"+tt.in+"</div><footer>Lindholm Post</footer>", "")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// TestBodyWitness lets JSON-LD vote for what stands outside of the core.
func TestBodyWitness(t *testing.T) {
	const in = storyHead + "<div class=a><p>ONE</p><p>TWO</p><p>THREE</p></div><div class=b><div class=c><p>FOUR</p></div></div>"
	if got := storyText(t, in, ""); got != "ONE\nTWO\nTHREE" {
		t.Errorf("without a witness: %q", got)
	}
	head := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","articleBody":"ONE TWO THREE FOUR"}</script>`
	head = strings.NewReplacer(storyParagraphs...).Replace(head)
	if got := storyText(t, in, head); got != "ONE\nTWO\nTHREE\nFOUR" {
		t.Errorf("with a witness: %q", got)
	}
	const related = storyHead + "<div class=a><p>ONE</p><p>TWO</p><p>THREE</p><div class=related><p>FOUR</p></div></div>"
	if got := storyText(t, related, head); got != "ONE\nTWO\nTHREE" {
		t.Errorf("with a witness for a teaser: %q", got)
	}
}

// TestLead says what is the standfirst of a page, and why.
func TestLead(t *testing.T) {
	const dek = "A winter of repairs is over for the islanders and their ferry"
	for _, tt := range []struct{ name, between, lead, source string }{
		{"none", "", "", ""},
		{"by its class", "<p class=standfirst>" + dek + "</p>", dek, "html:lead"},
		{"by its place", "<p class=q1>" + dek + ".</p>", dek + ".", "html:header"},
		{"a byline", "<p class=byline>By Mara Lund, harbour correspondent of the Lindholm Post</p>", "", ""},
		{"a caption", "<figure><img src=f><figcaption>" + dek + "</figcaption></figure>", "", ""},
		{"a short label", "<p class=q1>Harbour news</p>", "", ""},
		{"a line of a date", "<p class=q1>Published Tue, Nov 24 2026, 7:05 AM, updated Tue, Nov 24 2026, 7:16 AM</p>", "", ""},
		{"a number in a sentence", "<p class=q1>The repair took 200 days and cost 1.3 million, the yard says.</p>", "The repair took 200 days and cost 1.3 million, the yard says.", "html:header"},
		{"broken over two lines", "<p class=standfirst>A winter of repairs is over<br>for the islanders and their ferry</p>", "A winter of repairs is over\nfor the islanders and their ferry", "html:lead"},
		{"a list of links", "<ul><li><a href=/a>Bridge closed until the second week of May</a></li></ul>", "", ""},
		{"a teaser of the page", "<div class=field--name-field-teaser>" + dek + ".</div>", dek + ".", "html:header"},
		{"a teaser in paragraphs", "<div class=teaser><p>" + dek + ".</p></div>", dek + ".", "html:header"},
		{"a teaser of another story", "<div class=teaser><a href=/b>Bridge closed until May</a><p>" + dek + ".</p></div>", "", ""},
		{"a linked teaser", "<div class=teaser><p><a href=/b>" + dek + ".</a></p></div>", "", ""},
		{"a teaser with a heading", "<div class=teaser><h3>Bridge closed</h3><p>" + dek + ".</p></div>", "", ""},
		{"a teaser with a picture", "<div class=teaser><img src=/b.jpg><p>" + dek + ".</p></div>", "", ""},
		{"one of several teasers", "<div class=teaser>" + dek + ".</div><div class=teaser><a href=/b>Bridge closed until May</a></div>", dek + ".", "html:header"},
		{"teasers in a box", "<div class=related><div class=teaser>" + dek + ".</div><div class=teaser><a href=/b>Bridge closed until May</a></div></div>", "", ""},
		{"a short sentence that is named", "<p class=strap>Live from the quay.</p>", "Live from the quay.", "html:lead"},
		{"one that begins like a line of service", "<p class=bajada>Siga minuto a minuto la travesía.</p>", "Siga minuto a minuto la travesía.", "html:lead"},
		{"a named line of service", "<p class=intro>Sign up for our letter.</p>", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := storyPage("<article><header>" + storyHead + tt.between + "</header><div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div></article>")
			row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
			if row.Lead != tt.lead || row.LeadSource != tt.source {
				t.Errorf("lead %q from %q, want %q from %q", row.Lead, row.LeadSource, tt.lead, tt.source)
			}
			if want := strings.TrimPrefix(tt.lead+"\nONE\nTWO\nTHREE", "\n"); storyWords(row.Text) != want {
				t.Errorf("text %q, want %q", storyWords(row.Text), want)
			}
		})
	}
}

// TestLeadNames reads standfirsts by the names that they have in several languages.
func TestLeadNames(t *testing.T) {
	for _, name := range []string{"bajada", "entradilla", "copete", "chapo", "occhiello", "sommario", "ingress", "manchet", "vorspann", "anreisser", "lid",
		"podtytul", "perex", "anons", "podzagolovok", "underrubrik", "article__sapo"} {
		body := storyPage(storyHead + "<p class=" + name + ">A winter is over.</p><div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div>")
		if row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row; row.Lead != "A winter is over." {
			t.Errorf("%s: lead %q", name, row.Lead)
		}
	}
}

// TestLeadAboveHeadline reads what is called a teaser right above the headline.
func TestLeadAboveHeadline(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"the page's own", "<p class=article-teaser>A winter is over for the islanders and their ferry.</p>", "A winter is over for the islanders and their ferry."},
		{"one with a link", "<p class=article-teaser>The <a href=/b>bridge</a> is closed for the islanders and their ferry.</p>", ""},
		{"no sentence", "<p class=article-teaser>Bridge closed for the islanders and their ferry until May</p>", ""},
		{"not right above", "<p class=article-teaser>A winter is over for the islanders and their ferry.</p><p>Harbour news</p>", ""},
	} {
		body := storyPage("<article>" + tt.in + storyHead + "<div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div></article>")
		if row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row; row.Lead != tt.want {
			t.Errorf("%s: lead %q, want %q", tt.name, row.Lead, tt.want)
		}
	}
}

// TestLeadAboveSummary reads a standfirst with a list below that sums up.
func TestLeadAboveSummary(t *testing.T) {
	body := storyPage(storyHead + "<p class=bajada>The ferry, minute by minute.</p><div class=summary><ul><li>The ferry sails from the north quay.</li><li>Ninety people and two tractors are on board.</li></ul></div><div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div>")
	row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
	if row.Lead != "The ferry, minute by minute." || !strings.Contains(row.Text, "Ninety people") {
		t.Errorf("lead %q, text %q", row.Lead, storyWords(row.Text))
	}
}

// TestTeaserIsNoLead reads a page with a teaser of itself, and one whose text begins
// with the name that is its title.
func TestTeaserIsNoLead(t *testing.T) {
	for _, tt := range []struct{ title, lead string }{
		{"Ferry to Lindholm sails again after a winter in the yard", ""},
		{"Lindholm", "Lindholm was without its ferry all winter, and nobody in the county counted the days."},
	} {
		body := storyPage("<h1>" + tt.title + "</h1><p class=q1>" + tt.title + " was without its ferry all winter, and nobody in the county counted the days.</p>" +
			"<div class=story><p>ONE</p><p>TWO</p><p>THREE</p></div>")
		body = strings.Replace(body, "Ferry sails again", tt.title, 1)
		if row := New(Options{}).HTML([]byte(body), "https://post.example/2026/lindholm").Row; row.Lead != tt.lead {
			t.Errorf("title %q: lead %q, want %q", tt.title, row.Lead, tt.lead)
		}
	}
}

// TestLeadIsNoBody reads a page that calls its whole text a summary.
func TestLeadIsNoBody(t *testing.T) {
	body := storyPage(storyHead + "<div class=summary><p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p><p>ONE</p><p>TWO</p><p>THREE</p></div>")
	row := New(Options{}).HTML([]byte(body), "https://post.example/2026/ferry-sails-again").Row
	if row.Lead != "" || storyWords(row.Text) != "ONE\nTWO\nTHREE\nFOUR\nFIVE\nONE\nTWO\nTHREE" {
		t.Errorf("lead %q, text %q", row.Lead, storyWords(row.Text))
	}
}

// TestReadabilityIsBounded leaves out the pages that would take it too long.
func TestReadabilityIsBounded(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     bool // read
	}{
		{"a story", storyPage("<article>" + storyHead + "<p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p></article>"), true},
		{"deep", storyPage(strings.Repeat("<div>", readabilityDepth) + "<p>ONE</p><p>TWO</p><p>THREE</p><p>FOUR</p><p>FIVE</p>"), false},
		{"many blocks", storyPage(strings.Repeat("<p>ONE</p>", readabilityBlocks+1)), false},
		{"many words with links", storyPage("<p>ONE</p><p>TWO" + strings.Repeat("<a href=/x>x</a>", readabilityLeaves) + "</p>"), false},
		{"many containers", storyPage("<p>ONE</p><p>TWO</p>" + strings.Repeat("<div></div>", readabilityBoxes)), false},
	} {
		l := newLayout(parseBody(t, tt.in), 0, selectors.Default())
		if got := len(l.readability(testBase)) > 0; got != tt.want {
			t.Errorf("%s: read %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestMeasureText(t *testing.T) {
	for _, tt := range []struct {
		in    string
		mass  int
		stops int
		ended bool
	}{
		{"", 0, 0, false},
		{" \n\t\u00a0", 0, 0, false},
		{"Two words.", 9, 1, true},
		{"He said: “No.”", 12, 1, true},
		{"v1.2 is out", 9, 0, false},
		{"東京で地震。", 18, 1, true},
		{"한국어 뉴스", 10, 0, false},
		{"Wer? Er!", 7, 2, true},
		{"यह समाचार है।", 11, 1, true},
	} {
		m := measureText(tt.in)
		if m.mass != tt.mass || m.stops != tt.stops || m.ended != tt.ended {
			t.Errorf("measureText(%q) = mass %d, stops %d, ended %v; want %d, %d, %v", tt.in, m.mass, m.stops, m.ended, tt.mass, tt.stops, tt.ended)
		}
	}
}

// TestBlocks shows how markup is cut into blocks, and what is known of each.
func TestBlocks(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"paragraphs", "<p>One.</p><p>Two.</p>", "One.|Two."},
		{"two line breaks", "One<br>still<br><br>Two", "One still|Two"},
		{"inline markup", "<p>One <b>bold</b> <a href=x>link</a></p>", "One bold link"},
		{"text around a block", "before<div>in</div>after", "before|in|after"},
		{"off the page", "<p>One<script>x</script></p><noscript>no</noscript><select><option>o</select>", "One"},
		{"below a picture", "<img src=x><p>One</p><p>Two</p>", "*One|Two"},
		{"punctuation alone", "<p>|</p><p>One</p>", "&#124;|One"},
	} {
		l := newLayout(parseBody(t, tt.in), 0, selectors.Default())
		var got []string
		for i := range l.blocks {
			text := strings.ReplaceAll(l.textOf(i), "|", "&#124;")
			if l.blocks[i].pictured {
				text = "*" + text
			}
			got = append(got, text)
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}

// TestBylineIsNoText drops the line that says who signs and what that person is.
func TestBylineIsNoText(t *testing.T) {
	const head = `<meta name=author content="Mara Lund">`
	for _, tt := range []struct{ line, want string }{
		{"By Mara Lund, a harbour correspondent of the Post. She has covered the islands and their boats since 2009.", ""},
		{"By Mara Lund and the people of the quay this story was told to everybody who wanted to hear it.", "By Mara Lund and the people of the quay this story was told to everybody who wanted to hear it.\n"},
	} {
		got := storyText(t, "<article>"+storyHead+"<div class=story><p class=x>"+tt.line+"</p><p>ONE</p><p>TWO</p><p>THREE</p></div></article>", head)
		if want := tt.want + "ONE\nTWO\nTHREE"; got != want {
			t.Errorf("%s: %q, want %q", tt.line, got, want)
		}
	}
}

// TestLinkedHeadings keeps the names of what an article lists, though they are links.
func TestLinkedHeadings(t *testing.T) {
	const in = storyHead + "<div class=story><p>ONE</p><h3><a href=/a>Quay</a></h3><p>TWO THREE FIVE</p><h3><a href=/b>Yard</a></h3><p>FOUR FIVE ONE</p><h3><a href=/c>Tower</a></h3><p>ONE TWO FOUR</p></div>"
	got := storyText(t, in, `<meta property=og:type content=article>`)
	if want := "ONE\nQuay\nTWO THREE FIVE\nYard\nFOUR FIVE ONE\nTower\nONE TWO FOUR"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
