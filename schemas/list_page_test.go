package schemas

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestKeepListPage(t *testing.T) {
	start := time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	page := func(after time.Duration, body string, urls ...string) ListPage {
		p := ListPage{FetchedAt: start.Add(after), Body: []byte(body)}
		for _, u := range urls {
			p.Entries = append(p.Entries, ListEntry{URL: u})
		}
		return p
	}
	for name, c := range map[string]struct {
		kept    []ListPage
		next    ListPage
		changed bool
		bodies  []string
	}{
		"the first":                         {nil, page(0, "x"), true, []string{"x"}},
		"the same":                          {[]ListPage{page(0, "x", "a")}, page(48*time.Hour, "x", "a"), false, []string{"x"}},
		"another entry":                     {[]ListPage{page(0, "x", "a")}, page(time.Hour, "y", "a", "b"), true, []string{"x", "y"}},
		"another entry instead":             {[]ListPage{page(0, "x", "a")}, page(time.Hour, "y", "b"), true, []string{"x", "y"}},
		"no entry any more":                 {[]ListPage{page(0, "x", "a")}, page(time.Hour, "y"), true, []string{"x", "y"}},
		"another order":                     {[]ListPage{page(0, "x", "a", "b")}, page(time.Hour, "y", "b", "a"), false, []string{"x"}},
		"another session, the same day":     {[]ListPage{page(0, "x", "a")}, page(ListPageAge-1, "y", "a"), false, []string{"x"}},
		"another session, the day after":    {[]ListPage{page(0, "w", "b"), page(0, "x", "a")}, page(ListPageAge, "y", "a"), true, []string{"w", "y"}},
		"the same, read by other selectors": {[]ListPage{page(0, "w", "b"), page(0, "x", "a")}, page(time.Hour, "x", "c"), true, []string{"w", "x"}},
	} {
		before := fmt.Sprint(c.kept)
		got, changed := KeepListPage(c.kept, c.next)
		var bodies []string
		for _, p := range got {
			bodies = append(bodies, string(p.Body))
		}
		if changed != c.changed || !slices.Equal(bodies, c.bodies) {
			t.Errorf("%s: %v, %q; want %v, %q", name, changed, bodies, c.changed, c.bodies)
		}
		if fmt.Sprint(c.kept) != before {
			t.Errorf("%s: what was kept was written over", name)
		}
		if last := got[len(got)-1]; changed && fmt.Sprint(last.Entries) != fmt.Sprint(c.next.Entries) {
			t.Errorf("%s: the entries are %v", name, last.Entries)
		}
	}
}

func TestListPagesAreBounded(t *testing.T) {
	var kept []ListPage
	for i := range MaxListPages + 2 {
		kept, _ = KeepListPage(kept, ListPage{Body: []byte{byte(i)}, Entries: []ListEntry{{URL: fmt.Sprint(i)}}})
	}
	if len(kept) != MaxListPages || kept[0].Body[0] != 2 || kept[MaxListPages-1].Body[0] != MaxListPages+1 {
		t.Errorf("%v", kept)
	}
}
