package publisher

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"

	"github.com/kreispresse/kreispresse/schemas"
)

// listPage is the nth page of a list, with a body of noise, which nothing makes smaller.
func listPage(n, size int) schemas.ListPage {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	body := make([]byte, size)
	for i := range body {
		body[i] = byte(r.Uint32())
	}
	return schemas.ListPage{
		Kind: "listing", URL: "https://www.kreis-a.example/presse/", ContentType: "text/html", FetchedAt: time.Date(2026, 3, n, 6, 0, 0, 0, time.UTC),
		Entries: []schemas.ListEntry{{URL: fmt.Sprintf("https://www.kreis-a.example/presse/%d", n), Title: "Straße\ngesperrt", Published: "2026-03-02"}}, Body: body,
	}
}

func allLists(t *testing.T, b *Bus, source string) map[string][]schemas.ListPage {
	t.Helper()
	got := map[string][]schemas.ListPage{}
	mustDo(t, b.Lists().Each(t.Context(), source, func(source string, pages []schemas.ListPage) error {
		got[source+" "+pages[0].URL] = pages
		return nil
	}))
	return got
}

func TestLists(t *testing.T) {
	b := openTest(t)
	l := b.Lists()
	var want []schemas.ListPage
	for n := range schemas.MaxListPages + 1 {
		p := listPage(n+1, 100*n) // the first has no body
		mustDo(t, l.Keep(t.Context(), "kreis-a", p))
		if n > 0 {
			want = append(want, p)
		}
	}
	other := listPage(1, 10)
	other.URL += "archiv/"
	mustDo(t, l.Keep(t.Context(), "kreis-a", other))
	mustDo(t, l.Keep(t.Context(), "kreis-b", other))
	first, second := "kreis-a https://www.kreis-a.example/presse/", "kreis-a "+other.URL
	if diff := cmp.Diff(map[string][]schemas.ListPage{first: want, second: {other}}, allLists(t, b, "kreis-a")); diff != "" {
		t.Error(diff)
	}
	if got := allLists(t, b, ""); len(got) != 3 {
		t.Errorf("%d lists of all sources", len(got))
	}
	mustDo(t, l.Drop(t.Context(), "kreis-a", []string{other.URL}))
	if got := allLists(t, b, ""); len(got) != 2 || got[first] != nil {
		t.Errorf("%d lists after one was dropped", len(got))
	}
	wantKind(t, l.Keep(t.Context(), "kreis.a", other), schemas.KindInvalid)
	wantKind(t, l.Drop(t.Context(), "*", nil), schemas.KindInvalid)
}

// TestListsFitIntoAMessage: on a broker with small messages the oldest pages go, and one that never fits is said to be too large.
func TestListsFitIntoAMessage(t *testing.T) {
	s := testServer(t, func(o *server.Options) { o.MaxPayload = 16 << 10 })
	b, err := Open(t.Context(), Config{URL: s.ClientURL(), ManageStreams: true}, testLog(t))
	mustDo(t, err)
	defer b.Close()
	for n := range 4 {
		mustDo(t, b.Lists().Keep(t.Context(), "kreis-a", listPage(n+1, 4<<10)))
	}
	check := func(when string) {
		t.Helper()
		for _, pages := range allLists(t, b, "kreis-a") {
			if len(pages) != 2 || !cmp.Equal(pages[1], listPage(4, 4<<10)) {
				t.Errorf("%s: %d pages are kept", when, len(pages))
			}
		}
	}
	check("after four")
	wantKind(t, b.Lists().Keep(t.Context(), "kreis-a", listPage(5, 16<<10)), schemas.KindTooLarge, "its page takes")
	check("after one that is too large")
}

func TestListsThatCannotBeRead(t *testing.T) {
	b := openTest(t)
	p := listPage(1, 10)
	key := keyOfList("kreis-a", p.Kind, p.URL)
	_, err := b.Sources().Put(t.Context(), key, keptList{Kind: p.Kind, URL: p.URL, Pages: []byte("no zstd")}, 0)
	mustDo(t, err)
	err = b.Lists().Each(t.Context(), "kreis-a", func(string, []schemas.ListPage) error { return nil })
	wantKind(t, err, schemas.KindStorage, key)
	mustDo(t, b.Lists().Keep(t.Context(), "kreis-a", p)) // anew
	if got := allLists(t, b, "kreis-a"); len(got) != 1 {
		t.Errorf("%d lists", len(got))
	}
}

// TestEraseForgetsLists: they show the title of what was erased.
func TestEraseForgetsLists(t *testing.T) {
	b := openTest(t)
	mustDo(t, b.Lists().Keep(t.Context(), testSource.ID, listPage(1, 10)))
	mustDo(t, b.Lists().Keep(t.Context(), "kreis-b", listPage(1, 10)))
	err := b.Erase(context.WithoutCancel(t.Context()), testSource, &schemas.Receipt{Release: "none"})
	mustDo(t, err)
	if got := allLists(t, b, ""); len(got) != 1 {
		t.Errorf("%d lists are kept, want that of the other source", len(got))
	}
}
