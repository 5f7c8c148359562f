package extract

import "testing"

func TestCreditsWithoutBrackets(t *testing.T) {
	for _, tt := range []struct{ in, rest, credit string }{
		{"The hall by night. JOHN DOE / AFP", "The hall by night.", "JOHN DOE / AFP"},
		{"The hall by night. John Doe/Reuters", "The hall by night.", "John Doe/Reuters"},
		{"Les ardoises annonçaient la couleur. PHILIPPE MERLE / AFP", "Les ardoises annonçaient la couleur.", "PHILIPPE MERLE / AFP"},
		{"The hall by night. AP Photo/Jane Q. Doe", "The hall by night.", "AP Photo/Jane Q. Doe"},
		{"The hall by night. AFP", "The hall by night.", "AFP"},
		{"سيارات الإطفاء صباح الثلاثاء. تصوير: أحمد حسن", "سيارات الإطفاء صباح الثلاثاء.", "أحمد حسن"},
		{"再開した図書館＝22日、山本一郎撮影", "再開した図書館＝22日", "山本一郎"},
		{"再開した図書館（山本一郎撮影）", "再開した図書館", "山本一郎"},
		{"再開した図書館 撮影：山本一郎", "再開した図書館", "山本一郎"},
		{"再開した図書館 写真・山本一郎", "再開した図書館", "山本一郎"},
		{"重新开放的图书馆。张小明 摄", "重新开放的图书馆。", "张小明"},
		{"다시 문을 연 도서관. 김민수 기자 촬영", "다시 문을 연 도서관.", "김민수"},
		{"다시 문을 연 도서관. 사진=김민수", "다시 문을 연 도서관.", "김민수"},
		{"The hall by night. It belongs to the town", "The hall by night. It belongs to the town", ""},
		{"The hall by night. Doors left / right", "The hall by night. Doors left / right", ""},
		{"The hall by night, said AFP", "The hall by night, said AFP", ""},
		{"再開した図書館＝昨年五月撮影", "再開した図書館＝昨年五月撮影", ""},
		{"再開した図書館＝上空から撮影", "再開した図書館＝上空から撮影", ""},
		{"図書館で開かれた写真展", "図書館で開かれた写真展", ""},
	} {
		rest, credit := cutCredit(tt.in)
		if credit = unlabelled(credit); rest != tt.rest || credit != tt.credit {
			t.Errorf("%q: %q, %q, want %q, %q", tt.in, rest, credit, tt.rest, tt.credit)
		}
	}
}
