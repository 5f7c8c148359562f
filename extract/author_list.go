package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	betweenMany = regexp.MustCompile(`\s*(?:[;|•·\n/、，＆]|,\s(?:(?i:and|und|et|y|och|og|with|mit|avec|con|com|met|med)\s|(?:e|en|i|a|u|ja|és)\s)?|\s[–—-]\s|\s&\s|\s\+\s|` +
		`\s(?i:and|und|sowie|et|y|och|og|ve|và|dan|и|та|και|with|mit|avec|con|com|met|med)\s|\s(?:और|و|اور|ও|และ)\s)\s*`)
	betweenTwo = regexp.MustCompile(`\s(?:e|en|i|a|u|ja|és|și|şi|un|ir|oraz|і|й)\s`)
	// andAttached is the Arabic and the Hebrew "and" at the head of a name.
	andAttached = regexp.MustCompile(`\s[وו](\p{Arabic}|\p{Hebrew})`)
)

// splitJoined parts two names between which stands a word that is a part of names too; each
// must then have two words.
func splitJoined(s string) []string {
	between := betweenTwo
	if s == strings.ToUpper(s) {
		between = betweenTwoCapitals
	}
	if pair := between.Split(s, -1); len(pair) == 2 && strings.Contains(pair[0], " ") && strings.Contains(pair[1], " ") {
		return pair
	}
	for _, at := range andAttached.FindAllStringIndex(s, -1) {
		first, second := s[:at[0]], s[at[0]+1:]
		whole, _, _ := strings.Cut(second, " ")
		_, n := utf8.DecodeRuneInString(second)
		if second = second[n:]; strings.Contains(first, " ") && strings.Contains(second, " ") && !withAnd[whole] {
			return []string{first, second}
		}
	}
	return []string{s}
}

var betweenTwoCapitals = regexp.MustCompile(`\s(?:E|EN|I|A|U)\s`)

// withAnd are given names that begin with the letter which is "and" as well.
var withAnd = wordSet("وليد\nوائل\nوسام\nوجدي\nوفاء\nوداد\nوهيب\nوحيد\nوصفي\nوردة\nولاء\nوعد\nورد\nוורד\nורד\nויקטור\nויקטוריה\nואדים\nולדימיר\nונסה", strings.TrimSpace)

// How the bylines of East Asian papers say what somebody is.
var (
	easternStart = regexp.MustCompile(`(^|[\s、，；])(?:この記事を書いた人|(?:\p{Han}{1,6}(?:[报報社网網台]|新闻|新聞|财经|周刊)|特派|实习|實習|首席)?(?:记者|記者)|实习生|實習生|作者|撰文|撰稿|聞き手|ライター|構成|通讯员|通訊員|特派员|特派員|編集委員|論説委員|取材・文|文|글|취재)(?:[・／/：:\s]+)`)
	easternEnd   = regexp.MustCompile(`([\p{Han}ぁ-んァ-ヶ]{2,6}|\p{Hangul}{2,4})\s?(?:記者|记者|特派員|編集委員|論説委員|(?:선임|인턴|수습|전문|객원|사진)?\s?기자|특파원|논설위원)(?:[\s、，,；·]+|$)`)
	easternDuty  = regexp.MustCompile(`(?:^|[\s、／/（(〔\[])(?:記者|记者|特派員|特派员)\s*(\p{Han}{2,4}(?:、\p{Han}{2,4})*)\s*(?:[／/]\s*\p{Han}{0,8}(?:報導|报道|攝影|摄影|電)(?:[〕\]）)]|$)|$)`)
	easternPhoto = regexp.MustCompile(`(?:^|[\s、，；・])(?:写真|撮影|摄影|图片|사진|编辑|編輯|责编|责任编辑|責任編輯|校对|审核)\s*[・／/：:＝=\s].*$`)
	easternDesk  = regexp.MustCompile(`\s\S*(?:部|局|室|課|班|支社|センター)(?:\s.*)?$`)
	easternFrom  = regexp.MustCompile(`^\S{1,8}(?:部|局|室|課|班|支社|センター)\s+`)
	easternName  = regexp.MustCompile(`^(?:\p{Han}{2,5}|\p{Han}{1,3}\s\p{Han}{1,3}|[\p{Han}ぁ-ん]{2,6}|[ァ-ヶー]+(?:[・\s][ァ-ヶー]+)+|\p{Hangul}{2,4})$`)
	chineseList  = regexp.MustCompile(`^\p{Han}{3,4}(?:\s\p{Han}{2,4})+$`)
)

// easternHouses are in the names of papers, stations and their desks.
var easternHouses = []string{"新聞", "新闻", "通信", "日報", "日报", "晚报", "晚報", "放送", "電視", "电视", "テレビ", "ニュース", "通讯社", "通訊社", "編集部", "编辑部", "編集局", "デジタル", "신문", "뉴스", "일보", "방송", "통신"}

// easternNames puts a mark between the names of an East Asian byline in place of what it
// says that they are, and reports whether it says so.
func easternNames(s string) (names string, told bool) {
	if !unspaced(s) {
		return s, false
	}
	if m := easternDuty.FindStringSubmatch(s); m != nil {
		return m[1], true
	}
	s = strings.TrimSpace(easternPhoto.ReplaceAllString(strings.Trim(s, "【】"), ""))
	s = easternDesk.ReplaceAllString(easternFrom.ReplaceAllString(s, ""), "")
	out := easternEnd.ReplaceAllString(easternStart.ReplaceAllString(s, "$1、"), "$1、")
	told = out != s
	parts := strings.FieldsFunc(out, func(r rune) bool { return strings.ContainsRune("、，；", r) })
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if told && chineseList.MatchString(p) {
			p = strings.ReplaceAll(p, " ", "、")
		}
		parts[i] = dotted(fullNames(p))
	}
	return strings.Join(parts, "、"), told
}

// fullNames puts a mark between full names that a blank parts. Together they are longer than
// one person's, whose family name a blank may part from the given one too.
func fullNames(s string) string {
	names, longest := strings.Fields(s), 0
	for _, name := range names {
		n := utf8.RuneCountInString(name)
		if n < 3 || n > 6 || strings.ContainsFunc(name, func(r rune) bool { return !unicode.In(r, unicode.Han, unicode.Hiragana) }) {
			return s
		}
		longest = max(longest, n)
	}
	if longest < 4 {
		return s
	}
	return strings.Join(names, "、")
}

// dotted makes the dot between names the mark between any. In Katakana it stands between
// the parts of one.
func dotted(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Katakana, r) }) {
		return s
	}
	return strings.ReplaceAll(s, "・", "、")
}

// easternByline reports a line that is nothing but an East Asian byline.
func easternByline(s string) bool {
	if !unspaced(s) || utf8.RuneCountInString(s) > 40 {
		return false
	}
	wrapped := strings.HasPrefix(s, "【") && strings.HasSuffix(s, "】")
	names, told := easternNames(s)
	parts := betweenMany.Split(names, -1)
	return (told || wrapped && utf8.RuneCountInString(parts[0]) > 2) && !slices.ContainsFunc(parts, func(p string) bool {
		return agencyName(p) == "" && (!easternName.MatchString(p) || notNames[p])
	})
}

// lowerName reports a name of two or three words in small letters.
func lowerName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 3 || s != strings.ToLower(s) || s == strings.ToUpper(s) || strings.HasSuffix(words[0], "ing") {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return notNames[w] || smallWords[w] || collectives[w] || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-'’.", r) })
	})
}

// smallWords are in what follows "by" where that is no name.
var smallWords = wordSet("the\na\nan\nour\nyour\nthis\nthat\nus\nyou\nhere\nnow\nall\nemail\nmail\nphone\npost\ntopic\ndate\nname\nmeans\nusing\nto\nof\nin\non\nfor\nat\nfrom", strings.ToLower)
