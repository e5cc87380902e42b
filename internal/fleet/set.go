package fleet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// Set is the sources of one process.
type Set struct {
	Version int               `json:"version"` // of the files, as the operator counts; 0: not counted
	Sources map[string]string `json:"sources"` // id → hash of all that its file says
}

// SetOf is the set of sources that were checked.
func SetOf(version int, sources []*source.Source) (Set, error) {
	s := Set{Version: version, Sources: make(map[string]string, len(sources))}
	for _, src := range sources {
		text, err := json.Marshal(src)
		if err != nil {
			return s, err
		}
		s.Sources[src.ID] = hash(text)
	}
	return s, nil
}

// hash is short: it tells files apart that people wrote.
func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// Sum is one hash of all sources, whatever the version.
func (s Set) Sum() string {
	var all []byte
	for _, id := range slices.Sorted(maps.Keys(s.Sources)) {
		all = fmt.Appendf(all, "%s %s\n", id, s.Sources[id])
	}
	return hash(all)
}

// Differ are the sources of s that other does not have, or has otherwise, in order.
func (s Set) Differ(other Set) (ids []string) {
	for id, h := range s.Sources {
		if other.Sources[id] != h {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Agreement is the set that counts, the value of Key in press_sources.
type Agreement struct {
	Set
	By string    `json:"by"` // the process that said so last
	At time.Time `json:"at"` // when, by the common clock
}

// Key is where the Agreement stands.
const Key = "sources"

// Refused is why a process may not crawl some of its sources.
type Refused struct {
	Own, Agreed Set
	By          string
	Sources     []string // that it may not crawl
}

// named is how many sources a message names.
const named = 3

func (r *Refused) Error() string {
	some := r.Sources[:min(named, len(r.Sources))]
	more := ""
	if n := len(r.Sources) - len(some); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("other source files (%s, version %d) than the process %s (%s, version %d): not crawled here are %v%s",
		r.Own.Sum(), r.Own.Version, r.By, r.Agreed.Sum(), r.Agreed.Version, some, more)
}

// Hint is the way out.
func (r *Refused) Hint() string {
	next := max(r.Agreed.Version, r.Own.Version) + 1
	return fmt.Sprintf("give all processes the same source files; to replace those in use, set sources_version to %d or more", next)
}
