package selectors

import (
	"slices"
	"strings"
	"testing"
)

const ftrFile = "\ufeff# made-up site\n" + `title: //h1[@class='t']
title: //meta[@property="og:title"]/@content
author: substring-after(//p[@class='by'], 'By ')
date: //time/@datetime
body: //div[@id='story']
body: //div[contains(@class, 'story')]//div[@class='in']
strip: //div[@class='promo']
strip: //div[contains(@class='broken')]
strip: //p/following::div
strip: id('x')
strip: //a/@href
strip_id_or_class: "share-bar"
strip_image_src: pixel.gif
tidy: no
single_page_link: //a[@rel='print']
replace_string(<b>): <strong>
test_url: https://valley.example/a
test_contains: two lapwings
test_url: https://valley.example/b
nonsense
`

func TestReadFTR(t *testing.T) {
	f := ReadFTR("configs/.valley.example.txt", []byte(ftrFile))
	sites, err := LoadSites(Imported, "x.yaml", f.Rule)
	if err != nil {
		t.Fatalf("%v in\n%s", err, f.Rule)
	}
	s := sites[0]
	if s.Hosts[0] != ".valley.example" || len(s.Content) != 2 || len(s.Remove) != 3 || len(s.Fields[Title]) != 2 || len(s.Fields[Authors]) != 1 || len(s.Fields[Published]) != 1 {
		t.Errorf("the rule is\n%s", f.Rule)
	}
	if len(s.Tests) != 1 || s.Tests[0].Contains[0] != "two lapwings" {
		t.Errorf("tests %+v", s.Tests)
	}
	var lines []int
	for _, p := range f.Problems {
		lines = append(lines, p.Line)
	}
	if want := []int{9, 10, 11, 12, 16, 17, 21}; !slices.Equal(lines, want) {
		t.Errorf("problems in lines %v, want %v: %+v", lines, want, f.Problems)
	}
}

func TestReadFTRWithoutARule(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"global.txt", "strip: //nav", "no host"},
		{"a.example.txt", "tidy: no\n", "nothing that a rule can use"},
		{"a.example.txt", "", "nothing that a rule can use"},
		{"a example.txt", "body: //div", "no host"},
	} {
		f := ReadFTR(tt.name, []byte(tt.data))
		if f.Rule != nil || len(f.Problems) == 0 || !strings.Contains(f.Problems[len(f.Problems)-1].Why, tt.want) {
			t.Errorf("%s: %s %+v, want a problem with %q", tt.name, f.Rule, f.Problems, tt.want)
		}
	}
}

func FuzzReadFTR(f *testing.F) {
	f.Add([]byte(ftrFile))
	f.Add([]byte("body: (//div)[1] | //p\nstrip_id_or_class: a'b\"c\\\ntest_url: http://x\ntest_contains: '\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := ReadFTR("a.example.txt", data)
		if r.Rule == nil {
			if len(r.Problems) == 0 {
				t.Fatal("neither a rule nor a reason")
			}
			return
		}
		if sites, err := LoadSites(Imported, "a.yaml", r.Rule); err != nil || len(sites) != 1 {
			t.Fatalf("%v in\n%s", err, r.Rule)
		}
	})
}
