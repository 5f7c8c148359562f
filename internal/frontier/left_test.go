package frontier

import "testing"

func TestWhatIsLeftIsExplained(t *testing.T) {
	for _, tt := range []struct {
		left Left
		want string
	}{
		{Left{}, ""},
		{Left{Budget: 3, Example: "https://news.example/a-3"}, "3 known addresses were not visited: 3 past a budget of pages; scrape why https://news.example/a-3 says more"},
		{Left{Waits: 1, Trapped: 780, Links: 12, Example: "https://news.example/story?id=4&x=1"},
			"781 known addresses were not visited: 1 on hosts that do not answer, or ask for too long a wait, 780 of forms that brought nothing new, 12 links to more of such a form; scrape why 'https://news.example/story?id=4&x=1' says more"},
		{Left{Waits: 2}, "2 known addresses were not visited: 2 on hosts that do not answer, or ask for too long a wait"}, // nothing lasts that could be asked
		{Left{Queued: 39}, "39 known addresses were not visited: 39 queued until a run goes on with them"},
		{Left{Links: 5}, "0 known addresses were not visited: 5 links to more of such a form; scrape status says more"},
		{Left{Trapped: 1, Example: "https://news.example/$(reboot)'"}, "1 known address was not visited: 1 of forms that brought nothing new; scrape why URL says more"},
	} {
		if got := tt.left.Why(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.left, got, tt.want)
		}
	}
}
