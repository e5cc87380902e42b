package review_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

const page = `<!doctype html><html lang="de"><head><title>Neue Fähre</title></head><body><main><h1>Neue Fähre für den Musterbach</h1>
<p>Der Kreis Musterau hat am Montag, 12. Januar 2026, eine Fähre in Betrieb genommen, die Räder und Kinderwagen mitnimmt.</p>
<p>„Wir haben lange auf dieses Boot gewartet“, sagte Landrätin Dr. Erika Muster bei der ersten Fahrt über den Fluss.</p>
<p>„Das Boot fährt ganz ohne Diesel“, erklärte Fährmann Jörn Beispiel den Gästen am Ufer und zeigte auf das Dach.</p>
</main></body></html>`

// desk is a store with one release, read by whoever, and what people say of it.
type desk struct {
	*testing.T
	review.Desk
	bus *publisher.Bus
	src schemas.Source
	now time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	bus, err := publisher.Open(t.Context(), publisher.Config{DataDir: t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	d := &desk{T: t, bus: bus, src: schemas.Source{ID: "kreis-musterau", Name: "Kreis Musterau", State: "NW"}, now: time.Now()}
	d.Desk = review.Desk{Store: bus, Now: func() time.Time { return d.now }}
	return d
}

// archive stores a page and publishes what somebody reads on it.
func (d *desk) archive(body string, before *schemas.Event, change func(*schemas.Release)) *schemas.Event {
	d.Helper()
	s := &schemas.Snapshot{
		Source: d.src, URL: "https://www.kreis-musterau.example/presse/faehre.html", FetchedAt: d.now, FirstSeen: d.now.AddDate(0, 0, -1), Status: 200,
		ContentType: "text/html; charset=utf-8", Body: []byte(body),
	}
	s.Header.Language = "de"
	if before != nil {
		s.Previous = before.Release.Provenance.RawSequence
	}
	seq, err := d.bus.Append(d.Context(), s)
	if err != nil {
		d.Fatal(err)
	}
	r, err := parser.Parse(s)
	if err != nil {
		d.Fatal(err)
	}
	r.Provenance.RawSequence = seq
	if change != nil {
		change(r)
	}
	typ := schemas.EventPublished
	if before != nil {
		typ = schemas.EventCorrected
	}
	ev := schemas.NextEvent(before, typ, r, d.now)
	if err := d.bus.Publish(d.Context(), before, ev); err != nil {
		d.Fatal(err)
	}
	return ev
}

func (d *desk) say(ev *schemas.Event, quote int, verdict, says string) {
	d.Helper()
	r := review.Of(ev, quote)
	d.now = d.now.Add(2 * time.Minute) // what was judged before is judged anew
	r.Verdict, r.Says, r.By, r.At = verdict, says, "pia", d.now
	if _, err := d.bus.PublishRun(d.Context(), d.src.ID, schemas.RunReview, r); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) list() []review.Reviewed {
	d.Helper()
	list, err := d.List(d.Context(), "", "")
	if err != nil {
		d.Fatal(err)
	}
	return list
}

// TestWhatBecomesOfAReview judges the parser by reviews of what it read itself and of what an older one read.
func TestWhatBecomesOfAReview(t *testing.T) {
	speaker := func(i int, name string) func(*schemas.Release) {
		return func(r *schemas.Release) { r.Quotes[i].Speaker.Name, r.Provenance.Parser = name, "2020-01-01.1" }
	}
	for _, c := range []struct {
		name          string
		read          func(*schemas.Release) // nil: by today's parser
		quote         int
		verdict, says string
		want, reads   string
	}{
		{"nothing has changed", nil, 0, review.VerdictPerson, "Jörn Beispiel", review.Open, "Erika Muster"},
		{"another parser reads it right", speaker(0, "Jörn Beispiel"), 0, review.VerdictPerson, "Erika Muster", review.Right, "Erika Muster"},
		{"with her title and office", speaker(0, "Jörn Beispiel"), 0, review.VerdictPerson, "Landrätin Dr.  Erika Muster", review.Right, "Erika Muster"},
		{"and still wrong", speaker(0, "Kreis Musterau"), 0, review.VerdictPerson, "Jörn Beispiel", review.Wrong, "Erika Muster"},
		{"nobody", nil, 1, review.VerdictNobody, "", review.Open, "Jörn Beispiel"},
		{"no quote", nil, 1, review.VerdictNoQuote, "", review.Open, "Jörn Beispiel"},
		{
			"no quote, and it reads none", func(r *schemas.Release) {
				r.Quotes[0].Text, r.Quotes[0].Spans, r.Provenance.Parser = "Kreis Musterau", []schemas.Span{{Start: 4, End: 18}}, "2020-01-01.1"
			}, 0, review.VerdictNoQuote, "", review.Right, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.say(d.archive(page, nil, c.read), c.quote, c.verdict, c.says)
			if list := d.list(); len(list) != 1 || list[0].State != c.want || list[0].Reads != c.reads || list[0].By != "pia" {
				t.Errorf("%+v", list)
			}
		})
	}
}

// TestLastWordCounts takes the last of several reviews of a quote, and none when that takes it back.
func TestLastWordCounts(t *testing.T) {
	d := newDesk(t)
	ev := d.archive(page, nil, nil)
	d.say(ev, 0, review.VerdictNobody, "")
	d.say(ev, 1, review.VerdictNobody, "")
	d.say(ev, 0, review.VerdictPerson, "Jörn Beispiel")
	if list := d.list(); len(list) != 2 || list[0].Says != "Jörn Beispiel" || list[1].Quote != 1 {
		t.Errorf("%+v", list)
	}
	d.say(ev, 1, review.VerdictWithdrawn, "")
	if list := d.list(); len(list) != 1 || list[0].Quote != 0 {
		t.Errorf("%+v", list)
	}
}

// TestPageThatIsGone says why a review cannot be judged, and that the release was read from another page since.
func TestPageThatIsGone(t *testing.T) {
	d := newDesk(t)
	ev := d.archive(page, nil, nil)
	d.say(ev, 0, review.VerdictNobody, "")
	next := d.archive(strings.ReplaceAll(page, "Montag, 12.", "Dienstag, 13."), ev, nil)
	d.now = d.now.Add(2 * time.Minute)
	if list := d.list(); list[0].State != review.Open || list[0].Newer != next.Revision {
		t.Errorf("after a correction: %+v", list)
	}
	of := func(change func(*review.Review)) review.Reviewed {
		t.Helper()
		r := review.Of(ev, 1)
		d.now = d.now.Add(2 * time.Minute)
		r.Verdict, r.At = review.VerdictNobody, d.now
		change(&r)
		if _, err := d.bus.PublishRun(t.Context(), d.src.ID, schemas.RunReview, r); err != nil {
			t.Fatal(err)
		}
		return d.list()[0]
	}
	if x := of(func(r *review.Review) { r.RawSequence = 99 }); x.State != review.Gone || x.Lost != review.LostExpired {
		t.Errorf("not in the archive: %+v", x)
	}
	if x := of(func(r *review.Review) { r.Snapshot = strings.Repeat("0", 64) }); x.State != review.Gone || x.Lost != review.LostOther {
		t.Errorf("other bytes: %+v", x)
	}
	if x := of(func(r *review.Review) { r.Release = strings.Repeat("a", 26) }); x.State != review.Gone || x.Lost != review.LostOther {
		t.Errorf("no such release: %+v", x)
	}
	out, err := d.Export(t.Context(), filepath.Join(t.TempDir(), "new"), d.list(), false)
	if err != nil {
		t.Fatal(err)
	}
	did := map[string]int{}
	for _, x := range out {
		did[x.Did+" "+x.Lost]++
	}
	if len(out) != 4 || did["written "] != 1 || did["left expired"] != 1 || did["left other"] != 2 {
		t.Errorf("%v %+v", did, out)
	}
}

// TestExport makes one case of all reviews of a page, which the parser's golden tests read.
func TestExport(t *testing.T) {
	d := newDesk(t)
	ev := d.archive(page, nil, nil)
	d.say(ev, 0, review.VerdictPerson, "Wiebke Neumann")
	d.say(ev, 1, review.VerdictNoQuote, "")
	dir := filepath.Join(t.TempDir(), "cases")
	out, err := d.Export(t.Context(), dir, d.list(), false)
	if err != nil || len(out) != 1 || out[0].Did != review.Written || len(out[0].Reviews) != 2 {
		t.Fatalf("%v %+v", err, out)
	}
	cases, err := truth.Cases(dir)
	if err != nil || len(cases) != 1 {
		t.Fatal(err)
	}
	c := cases[0]
	if string(c.Snap.Body) != page || c.Snap.Source != d.src || c.Snap.Header.Language != "de" || !c.Snap.FirstSeen.Before(c.Snap.FetchedAt) {
		t.Errorf("the page is told otherwise: %+v", c.Snap)
	}
	if len(c.Truth.Quotes) != 1 || c.Truth.Quotes[0].Speaker != "Wiebke Neumann" || slices.Contains(c.Truth.Unjudged, "quotes") || len(c.Truth.People) != 3 {
		t.Errorf("%+v", c.Truth)
	}
	r, err := parser.Parse(c.Snap)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Wrong(r); len(got) != 4 { // the speaker that is none and the one that is missing; the quote that is none, and its speaker
		t.Errorf("%q", got)
	}
	record, err := truth.Record(r)
	if err != nil {
		t.Fatal(err)
	}
	if then, err := c.Record(); err != nil || string(then) != string(record) {
		t.Errorf("the record is not today's: %v", err)
	}
	for ext, want := range map[string][]string{
		review.NoteExt: {"snapshot: " + ev.Release.Provenance.Snapshot, "by: pia", "says: Wiebke Neumann", "read_as: Erika Muster", "parser: ", parser.Version},
		truth.TruthExt: {"# The page is a text of Kreis Musterau", "no public repository"},
	} {
		text, err := os.ReadFile(c.File(ext))
		for _, w := range want {
			if err != nil || !strings.Contains(string(text), w) {
				t.Errorf("%s has no %q (%v)\n%s", ext, w, err, text)
			}
		}
	}
	if b, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err != nil || string(b) != "*\n" {
		t.Errorf("nothing keeps it out of a repository around it: %q %v", b, err)
	}

	mine := []byte("# worked on\n")
	if err := os.WriteFile(c.File(truth.TruthExt), mine, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := d.Export(t.Context(), dir, d.list(), false); err != nil || out[0].Did != review.Kept {
		t.Errorf("%v %+v", err, out)
	}
	if b, _ := os.ReadFile(c.File(truth.TruthExt)); string(b) != string(mine) {
		t.Error("what somebody worked on was overwritten")
	}
	if out, err := d.Export(t.Context(), dir, d.list(), true); err != nil || out[0].Did != review.Written {
		t.Errorf("%v %+v", err, out)
	}
	if _, err := truth.Cases(dir); err != nil {
		t.Error(err)
	}
	file := filepath.Join(dir, "README.md")
	if _, err := d.Export(t.Context(), file, d.list(), false); schemas.KindOf(err) != schemas.KindStorage {
		t.Errorf("a file as directory: %v", err)
	}
}
