package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kreispresse/kreispresse/schemas"
)

func TestCompareReread(t *testing.T) {
	list := func(urls ...string) (l []schemas.ListEntry) {
		for _, u := range urls {
			l = append(l, schemas.ListEntry{URL: u, Title: "T"})
		}
		return l
	}
	dated := list("a")
	dated[0].Published = "2026-03-02"
	for name, c := range map[string]struct {
		then, now [][]schemas.ListEntry // page by page, the oldest first
		elsewhere map[string]bool
		want      reread
	}{
		"as it was": {
			then: [][]schemas.ListEntry{list("a"), list("b", "a")}, now: [][]schemas.ListEntry{list("a"), list("a", "b")}, want: reread{Then: 2, Now: 2, Unchanged: 2},
		},
		"one more, named once": {
			then: [][]schemas.ListEntry{list("a"), list("b", "a")}, now: [][]schemas.ListEntry{list("x", "a"), list("x", "b", "a")},
			want: reread{Then: 2, Now: 3, Unchanged: 2, Appear: list("x")},
		},
		"missed on one page is lost, whatever another has": {
			then: [][]schemas.ListEntry{list("a"), list("b", "a")}, now: [][]schemas.ListEntry{nil, list("b", "a")},
			want: reread{Then: 2, Now: 2, Unchanged: 1, Disappear: list("a")},
		},
		"named by an older crawl only": {
			then: [][]schemas.ListEntry{nil, list("a")}, now: [][]schemas.ListEntry{list("a"), list("a")}, want: reread{Then: 1, Now: 1, Unchanged: 1},
		},
		"another date": {
			then: [][]schemas.ListEntry{list("a")}, now: [][]schemas.ListEntry{dated}, want: reread{Then: 1, Now: 1, Differ: dated},
		},
		"on another list": {
			then: [][]schemas.ListEntry{list("a", "b")}, now: [][]schemas.ListEntry{nil}, elsewhere: map[string]bool{"a": true},
			want: reread{Then: 2, Elsewhere: 1, Disappear: list("b")},
		},
		"all of it": {then: [][]schemas.ListEntry{list("a")}, now: [][]schemas.ListEntry{nil}, want: reread{Then: 1, Disappear: list("a")}},
	} {
		pages := make([]schemas.ListPage, len(c.then))
		for i := range pages {
			pages[i].Entries = c.then[i]
		}
		var got reread
		got.compare(pages, c.now, c.elsewhere)
		if diff := cmp.Diff(c.want, got, cmpopts.IgnoreUnexported(reread{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
