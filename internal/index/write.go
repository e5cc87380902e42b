package index

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// state is what the file has of a release.
type state struct {
	key      int64
	typ      string
	revision int
	sequence uint64
}

// before reports whether the state is older than what an event makes of it. The revision decides: a release that has moved to another
// source has a tombstone where it was, which may come behind it.
func (s *state) before(ev *schemas.Event) bool {
	return s.revision < ev.Revision || s.revision == ev.Revision && s.sequence < ev.Sequence
}

// write brings the tables in line with the changes; the newest of each release counts, whatever the order. erased: the text of an erased
// release was in the file.
func (w *writer) write(changes []*change) (erased bool) {
	newest := map[string]*change{}
	for _, c := range changes {
		had := newest[c.ev.Subject]
		if had == nil || (&state{revision: had.ev.Revision, sequence: had.ev.Sequence}).before(c.ev) {
			newest[c.ev.Subject] = c
		}
	}
	list := make([]*change, 0, len(newest))
	for _, c := range newest {
		list = append(list, c)
	}
	// Full text takes rows in the order of their keys; another order would cost it a segment a row.
	slices.SortFunc(list, byKey)
	fresh := list[:0]
	w.tally.begin()
	for _, c := range list {
		old, known := w.known(c.ev.Subject)
		if known && !old.before(c.ev) {
			continue // the file has this one or a later one
		}
		if known {
			w.remove(old)
			erased = erased || c.typ == "erased"
		}
		w.insertTables(c)
		w.tally.account(c, old.typ)
		fresh = append(fresh, c)
	}
	w.settleNames()
	w.settleSources()
	w.insertWords(fresh)
	return erased
}

// byKey is the order in which the full text takes rows.
func byKey(a, b *change) int { return cmp.Compare(a.key, b.key) }

func (w *writer) known(id string) (s state, ok bool) {
	ok = w.one("SELECT key, type, revision, sequence FROM releases WHERE id = ?", []any{id}, &s.key, &s.typ, &s.revision, &s.sequence)
	return s, ok
}

// remove takes a release out of all tables.
func (w *writer) remove(old state) {
	from, to := parts(old.key)
	var names []int64
	w.each("SELECT name_id FROM people WHERE key BETWEEN ? AND ? AND name_id IS NOT NULL", []any{from, to}, func(scan func(...any) error) error {
		names = append(names, 0)
		return scan(&names[len(names)-1])
	})
	for _, id := range names {
		w.exec("UPDATE names SET mentions = mentions - 1 WHERE id = ?", id)
		if w.exec("DELETE FROM names WHERE id = ? AND mentions <= 0", id) > 0 {
			w.exec("DELETE FROM name_words WHERE name_id = ?", id)
		}
	}
	w.exec("DELETE FROM quote_search WHERE rowid IN (SELECT key FROM quotes WHERE key BETWEEN ? AND ? AND kind <> 'pull')", from, to)
	w.exec("DELETE FROM quotes WHERE key BETWEEN ? AND ?", from, to)
	w.exec("DELETE FROM people WHERE key BETWEEN ? AND ?", from, to)
	w.exec("DELETE FROM search WHERE rowid = ?", old.key)
	if isLive(old.typ) {
		w.exec("DELETE FROM heads WHERE rowid = ?", old.key)
	}
	w.exec("DELETE FROM releases WHERE key = ?", old.key)
}

var (
	insertRelease = insertInto("releases", "key", "id", "source", "source_name", "state", "url", "title", "kicker", "lead", "text", "published",
		"published_day", "type", "revision", "sequence", "recorded", "quote_count", "people_count")
	insertQuote = insertInto("quotes", "key", "release", "number", "text", "kind", "start", `"end"`, "speaker", "speaker_key", "speaker_kind",
		"roles", "organisation", "cue", "rule")
	insertPerson = insertInto("people", "key", "release", "number", "name", "title", "given", "family", "roles", "organisation", "gender",
		"person_key", "name_id")
	insertSearch = insertInto("search", "rowid", colTitle, colLead, colText, colPeople, colSpeakers, colRoles, colCredits, colFacets, colGone)
	insertHeads  = insertInto("heads", "rowid", colTitle, colLead, colFacets)
	insertSaid   = insertInto("quote_search", "rowid", "text", "speaker", colFacets)
)

// recordedFormat is RFC 3339 in UTC with a fixed width, so that its order is that of time.
const recordedFormat = "2006-01-02T15:04:05.000000Z"

// insertWords writes the full text. It comes after all other tables: each statement that may have to be taken back alone, as one that
// returns rows, has the full text write what it has gathered so far.
func (w *writer) insertWords(list []*change) {
	for _, c := range list {
		w.exec(insertSearch, append([]any{c.key}, c.columns[:]...)...)
	}
	for _, c := range list {
		if isLive(c.typ) {
			w.exec(insertHeads, c.key, c.columns[0], c.columns[1], c.columns[7])
		}
	}
	for _, c := range list {
		for _, q := range slices.Backward(c.quotes) { // by ascending keys, as above
			if q.quote.Kind != "pull" {
				w.exec(insertSaid, partKey(c.key, q.number), q.text, q.name, q.facets)
			}
		}
	}
}

// insertTables writes what the index and the export share.
func (w *writer) insertTables(c *change) {
	r := c.ev.Release
	published := ""
	if r.Published != nil {
		published = r.Published.Value
	}
	w.exec(insertRelease, c.key, r.ID, r.Source.ID, orNull(r.Source.Name), orNull(r.Source.State), orNull(r.URL), clean(r.Title), orNull(r.Kicker),
		orNull(r.Lead), clean(r.Text), orNull(published), orNull(c.day), c.typ, c.ev.Revision, int64(c.ev.Sequence),
		c.ev.Time.UTC().Format(recordedFormat), len(r.Quotes), len(r.People))
	for _, q := range c.quotes {
		start, end := q.bounds()
		s := q.speaker
		w.exec(insertQuote, partKey(c.key, q.number), c.key, q.number, clean(q.quote.Text), q.quote.Kind, start, end, orNull(s.name), orNull(s.key),
			orNull(s.kind), listJSON(s.roles), orNull(s.organisation), orNull(q.cue()), orNull(s.rule))
	}
	for i, p := range c.people {
		var id any
		if p.slug != "" {
			id = w.name(p.slug, p.person.Name)
		}
		w.exec(insertPerson, partKey(c.key, i), c.key, i, clean(p.person.Name), orNull(p.person.Title), orNull(p.person.Given), orNull(p.person.Family),
			listJSON(p.person.Roles), orNull(p.person.Organisation), orNull(p.person.Gender), orNull(p.key), id)
	}
}

// tick is one hour of one source in which events of a type were recorded.
type tick struct {
	hour        int64 // since 1970
	source, typ string
}

// count adds events to the hours in which they were recorded.
func (w *writer) count(ticks map[tick]int) {
	for t, n := range ticks {
		w.exec(`INSERT INTO hours (hour, source, type, events) VALUES (?, ?, ?, ?)
			ON CONFLICT (hour, source, type) DO UPDATE SET events = events + excluded.events`, t.hour, t.source, t.typ, n)
	}
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// setMeta notes a fact about the file.
func (w *writer) setMeta(name, value string) {
	w.exec("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

func (w *writer) setCursor(sequence uint64, event string) {
	w.setMeta(metaCursor, strconv.FormatUint(sequence, 10))
	w.setMeta(metaEvent, event)
}
