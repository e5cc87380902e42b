package index

import "strings"

// tally is what a batch counts of names and sources: each is written once, however many releases of the batch have it.
type tally struct {
	names   map[string]*named       // by slug
	sources map[string]*sourceTally // by id
}

// named is a full name that the batch has met.
type named struct {
	id   int64
	more int // mentions that the file does not count yet
}

// sourceTally is what a batch changes of a source.
type sourceTally struct {
	name, state     any // NULL: as before
	live, withdrawn int
}

func (t *tally) begin() { *t = tally{names: map[string]*named{}, sources: map[string]*sourceTally{}} }

// account keeps how many releases a source has; before is the type that the release had, "" for a new one.
func (t *tally) account(c *change, before string) {
	s := c.ev.Release.Source
	n := t.sources[s.ID]
	if n == nil {
		n = new(sourceTally)
		t.sources[s.ID] = n
	}
	if s.Name != "" {
		n.name = s.Name
	}
	if s.State != "" {
		n.state = s.State
	}
	switch {
	case isLive(c.typ) && !(before != "" && isLive(before)):
		n.live++
	case c.typ == "withdrawn" && before != "withdrawn":
		n.withdrawn++
	}
	switch {
	case before != "" && isLive(before) && !isLive(c.typ):
		n.live--
	case before == "withdrawn" && c.typ != "withdrawn":
		n.withdrawn--
	}
}

// settleSources writes what was counted of sources.
func (w *writer) settleSources() {
	for id, s := range w.tally.sources {
		w.exec(`INSERT INTO sources (id, name, state, live, withdrawn) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, name), state = coalesce(excluded.state, state),
			live = live + excluded.live, withdrawn = withdrawn + excluded.withdrawn`, id, s.name, s.state, s.live, s.withdrawn)
	}
	clear(w.tally.sources)
}

// name counts one more mention of a full name and returns its number.
func (w *writer) name(slug, name string) (id int64) {
	if n := w.tally.names[slug]; n != nil {
		n.more++
		return n.id
	}
	if !w.one("UPDATE names SET mentions = mentions + 1 WHERE slug = ? RETURNING id", []any{slug}, &id) && !w.newName(slug, name, &id) {
		return 0
	}
	w.tally.names[slug] = &named{id: id}
	return id
}

func (w *writer) newName(slug, name string, id *int64) bool {
	if !w.one("INSERT INTO names (slug, name, mentions) VALUES (?, ?, 1) RETURNING id", []any{slug, name}, id) {
		return false
	}
	for word := range strings.SplitSeq(slug, "-") {
		w.exec("INSERT OR IGNORE INTO name_words (word, name_id) VALUES (?, ?)", word, *id)
	}
	return w.err == nil
}

// settleNames writes what was counted of names. None of them went meanwhile: the first mention is counted at once, and what a batch has
// written of a release it does not remove.
func (w *writer) settleNames() {
	for _, n := range w.tally.names {
		if n.more > 0 {
			w.exec("UPDATE names SET mentions = mentions + ? WHERE id = ?", n.more, n.id)
		}
	}
	clear(w.tally.names)
}
