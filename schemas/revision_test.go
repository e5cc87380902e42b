package schemas_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kreispresse/kreispresse/schemas"
)

// text makes a release of a title and paragraphs.
func text(title string, paragraphs ...string) *schemas.Release {
	r := &schemas.Release{ID: "x", Title: title, Text: strings.Join(paragraphs, "\n"), Provenance: schemas.Provenance{RawSequence: 7, Snapshot: "a"}}
	at := 0
	for _, p := range paragraphs {
		n := len([]rune(p))
		r.Blocks = append(r.Blocks, schemas.Block{Type: schemas.BlockParagraph, Start: at, End: at + n})
		at += n + 1
	}
	return r
}

const (
	p1 = "Der Kreis saniert die Brücke über die Mühlenau von Montag an."
	p2 = "Die Arbeiten dauern bis in den Herbst und kosten zwei Millionen Euro."
	p3 = "Der Verkehr wird so lange über Wallbrück umgeleitet, die Busse fahren weiter."
)

func TestRelate(t *testing.T) {
	const title = "Brücke wird saniert"
	event := func(typ string, r *schemas.Release) *schemas.Event {
		return &schemas.Event{Type: typ, Revision: 1, Release: r}
	}
	with := func(r *schemas.Release, seq uint64, snapshot string) *schemas.Release {
		r.Provenance.RawSequence, r.Provenance.Snapshot = seq, snapshot
		return r
	}
	old := text(title, p1, p2, p3)
	for _, c := range []struct {
		name string
		cur  *schemas.Event
		r    *schemas.Release
		want schemas.Relation
	}{
		{"never published", nil, old, schemas.RelationNew},
		{"erased", event(schemas.EventErased, old), with(text(title, p1), 9, "b"), schemas.RelationNew},
		{"the same", event(schemas.EventPublished, old), with(text(title, p1, p2, p3), 9, "b"), schemas.RelationUnchanged},
		{"the same with a sequence before", event(schemas.EventPublished, old), with(text(title, p1, p2, p3), 3, "b"), schemas.RelationOlder},
		{"another text from before", event(schemas.EventPublished, old), with(text(title, p1), 3, "b"), schemas.RelationOlder},
		{"read otherwise", event(schemas.EventPublished, old), with(text(title, p1, p2), 7, "a"), schemas.RelationReextracted},
		{
			"one sentence more", event(schemas.EventPublished, old),
			with(text(title, p1, p2, p3, "Berichtigung: Es sind drei Millionen."), 9, "b"),
			schemas.RelationCorrected,
		},
		{
			"another title, one sentence kept", event(schemas.EventPublished, old),
			with(text("Bau beginnt", p1, "Ganz anders geht der Text nun weiter."), 9, "b"),
			schemas.RelationCorrected,
		},
		{
			"the title kept, all sentences new", event(schemas.EventPublished, old),
			with(text(title, "Der Bau der neuen Brücke beginnt erst im nächsten Jahr.", "Das teilt das Straßenbauamt mit, das Geld fehlt noch."), 9, "b"),
			schemas.RelationCorrected,
		},
		{
			"the title kept, the text lost", event(schemas.EventPublished, old),
			with(text(title, "Es ist ein Fehler aufgetreten."), 9, "b"),
			schemas.RelationReplaced,
		},
		{
			"something else", event(schemas.EventPublished, old),
			with(text("Wir bauen um", "Unser Auftritt wird erneuert, bitte kommen Sie morgen wieder."), 9, "b"),
			schemas.RelationReplaced,
		},
		{"back after a withdrawal", event(schemas.EventWithdrawn, text(title)), with(text(title, p1), 9, "b"), schemas.RelationReturned},
		{"a snapshot from before the withdrawal", event(schemas.EventWithdrawn, text(title)), with(text(title, p1), 6, "b"), schemas.RelationOlder},
		{
			"current of a store without sequences", event(schemas.EventPublished,
				with(text(title, p1, p2), 0, "b")), with(text(title, p1, p2, p3), 1, "c"),
			schemas.RelationCorrected,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := schemas.Relate(c.cur, c.r); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestSaysTheSame(t *testing.T) {
	a := text("Brücke wird saniert", p1, p2, p3)
	for _, c := range []struct {
		name string
		b    *schemas.Release
		want bool
	}{
		{"equal", text("Brücke wird saniert", p1, p2, p3), true},
		{"set otherwise", text("„Brücke wird saniert“", strings.ToUpper(p1), p2+" ", p3), true},
		{"print view with a line more", text("Brücke wird saniert", p1, p2, p3, "Gedruckt von der Seite des Kreises"), true},
		{"one sentence of three, another title", text("Neues aus Wallbrück", p1, "Der Rat tagt am Dienstag im Haus der Vereine."), false},
		{"another release", text("Kreistag tagt", "Der Kreistag tagt am Dienstag im Haus der Vereine."), false},
		{"the same title, nothing of the text", text("Brücke wird saniert", "Anderswo steht das, was hier einmal zu lesen war."), false},
	} {
		if got := schemas.SaysTheSame(a, c.b); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestChanges(t *testing.T) {
	base := func() *schemas.Release {
		r := text("Brücke wird saniert", p1, p2)
		r.Published = &schemas.Stamp{Value: "2026-03-12", Granularity: schemas.GranularityDay, Evidence: "time"}
		r.People = []schemas.Person{{Name: "Änne Österholt", Roles: []string{"Landrätin"}}}
		r.Quotes = []schemas.Quote{{Text: "Das wird gut", Kind: schemas.QuoteDirect, Speaker: &schemas.Speaker{Name: "Änne Österholt", Kind: schemas.SpeakerPerson}}}
		return r
	}
	for _, c := range []struct {
		name   string
		change func(*schemas.Release)
		want   []schemas.Change
	}{
		{"nothing", func(*schemas.Release) {}, nil},
		{"a letter", func(r *schemas.Release) { *r = *retext(r, strings.Replace(r.Text, "saniert", "sanirt", 1)) }, []schemas.Change{{"text", schemas.ChangeTypo}}},
		{"a figure", func(r *schemas.Release) {
			*r = *retext(r, r.Text+"\nEs sind 120 Meter.")
		}, []schemas.Change{{"text", schemas.ChangeOther}}},
		{"the title", func(r *schemas.Release) { r.Title = "Brücke bleibt gesperrt" }, []schemas.Change{{"title", schemas.ChangeOther}}},
		{"the day", func(r *schemas.Release) { r.Published.Value = "2026-03-13" }, []schemas.Change{{"published", schemas.ChangeDate}}},
		{"the speaker", func(r *schemas.Release) { r.Quotes[0].Speaker = nil }, []schemas.Change{{"quotes", schemas.ChangeQuote}}},
		{"a role", func(r *schemas.Release) { r.People[0].Roles = nil }, []schemas.Change{{"people", schemas.ChangeName}}},
		{"the address", func(r *schemas.Release) { r.CanonicalURL = "https://www.kreis.example/neu" }, []schemas.Change{{"url", schemas.ChangeURL}}},
	} {
		r := base()
		c.change(r)
		if diff := cmp.Diff(c.want, schemas.Changes(base(), r)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
	a, b := text("x", "Der Radweg ist 120 Meter lang."), text("x", "Der Radweg ist 130 Meter lang.")
	if diff := cmp.Diff([]schemas.Change{{"text", schemas.ChangeNumber}}, schemas.Changes(a, b)); diff != "" {
		t.Error(diff)
	}
}

func retext(r *schemas.Release, s string) *schemas.Release {
	c := *r
	c.Text, c.Blocks = s, []schemas.Block{{Type: schemas.BlockParagraph, Start: 0, End: len([]rune(s))}}
	if strings.Count(s, "\n") == strings.Count(r.Text, "\n") {
		c.Blocks = text("", strings.Split(s, "\n")...).Blocks
	}
	return &c
}

func TestMiss(t *testing.T) {
	start := time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC) // the night to summer time
	at := func(h int) time.Time { return start.Add(time.Duration(h) * time.Hour) }
	type look struct {
		l schemas.Look
		h int
	}
	for _, c := range []struct {
		name  string
		looks []look
		want  bool
	}{
		{"once", []look{{schemas.LookGone, 0}}, false},
		{"twice within an hour", []look{{schemas.LookGone, 0}, {schemas.LookGone, 1}}, false},
		{"twice a day apart", []look{{schemas.LookGone, 0}, {schemas.LookGone, 24}}, true},
		{"many times within a day", []look{{schemas.LookGone, 0}, {schemas.LookGone, 8}, {schemas.LookGone, 16}, {schemas.LookGone, 23}}, false},
		{"there in between", []look{{schemas.LookGone, 0}, {schemas.LookThere, 12}, {schemas.LookGone, 24}}, false},
		{"no answer in between", []look{{schemas.LookGone, 0}, {schemas.LookUnclear, 12}, {schemas.LookGone, 24}}, false},
		{"there at last", []look{{schemas.LookGone, 0}, {schemas.LookGone, 25}, {schemas.LookThere, 26}}, false},
		{"the clock went back", []look{{schemas.LookGone, 24}, {schemas.LookGone, 0}}, false},
	} {
		var m *schemas.Miss
		for _, l := range c.looks {
			m = m.Add(l.l, 404, at(l.h))
		}
		if got := m.Gone(24 * time.Hour); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSuspect(t *testing.T) {
	for _, c := range []struct {
		asked, doubtful int
		want            bool
	}{
		{0, 0, false}, {1, 1, false}, {5, 5, false}, {8, 5, false}, {8, 6, true}, {12, 12, true}, {25, 5, false}, {25, 6, true}, {100, 20, false}, {100, 21, true},
	} {
		if got := schemas.Suspect(c.asked, c.doubtful); got != c.want {
			t.Errorf("%d of %d: %v, want %v", c.doubtful, c.asked, got, c.want)
		}
	}
}

// TestNextEvent: revisions count on over withdrawals, and a tombstone keeps identity, title and date and no text.
func TestNextEvent(t *testing.T) {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	r := text("Brücke wird saniert", p1)
	r.Source.ID = "kreis-musterau"
	one := schemas.NextEvent(nil, schemas.EventPublished, r, now)
	two := schemas.NextEvent(one, schemas.EventWithdrawn, schemas.Tombstone(r, 12, now), now)
	three := schemas.NextEvent(two, schemas.EventPublished, text("Brücke wird saniert", p1, p2), now)
	if one.ID != "x/1" || two.ID != "x/2" || three.ID != "x/3" || one.Source != "/sources/kreis-musterau" {
		t.Errorf("ids %s %s %s of %s", one.ID, two.ID, three.ID, one.Source)
	}
	if two.Release.Text != "" || two.Release.Title != r.Title || two.RawSequence != 12 || two.Release.Provenance.FetchedAt != "2026-03-12T10:00:00Z" {
		t.Errorf("tombstone %+v", two.Release)
	}
	four := schemas.NextEvent(three, schemas.EventCorrected, text("Brücke bleibt gesperrt", p1, p2), now)
	back := map[string]string{}
	for name, value := range four.Attributes() {
		back[name] = value
	}
	got, err := schemas.EventOf(func(name string) string { return back[name] })
	if err != nil {
		t.Fatal(err)
	}
	want := *four
	want.Release = nil
	if diff := cmp.Diff(&want, got); diff != "" || back["changes"] != "title:other" {
		t.Errorf("%s%s", back["changes"], diff)
	}
}

// TestAdditions: a reader with an older copy of the schema takes what was added since.
func TestAdditions(t *testing.T) {
	r := fullRelease(t)
	r.Normalise()
	b := strings.Replace(mustJSON(t, r), `"title":`, `"sentiment":"glad","title":`, 1)
	if err := schemas.Validate([]byte(b)); err != nil {
		t.Error(err)
	}
}
