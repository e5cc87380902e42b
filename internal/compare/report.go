package compare

import (
	"slices"

	"github.com/kreispresse/kreispresse/schemas"
)

// Report counts the differences of many releases and keeps the first few of each kind. Its size does not grow with the number of releases.
type Report struct {
	Read    int               `json:"read"`    // releases that were compared
	Differ  int               `json:"differ"`  // of them, those that have a difference
	Quotes  int               `json:"quotes"`  // in the readings before
	Counts  map[string]int    `json:"counts"`  // differences by kind
	Samples map[string][]Case `json:"samples"` // by kind
}

// Case is one difference with where it was met.
type Case struct {
	Release  string `json:"release"`
	Source   string `json:"source"`
	Title    string `json:"title"` // of the second reading
	URL      string `json:"url,omitempty"`
	Snapshot uint64 `json:"snapshot"` // sequence in PRESS_RAW
	Difference
}

// maxField is the longest value that a sample keeps, in bytes: a page may be megabytes.
const maxField = 16 << 10

// Add books the two readings of a release and returns their differences. Of each kind the first samples are kept.
func (r *Report) Add(before, after *schemas.Release, samples int) []Difference {
	if r.Counts == nil {
		r.Counts, r.Samples = map[string]int{}, map[string][]Case{}
	}
	list := Releases(before, after)
	r.Read++
	r.Quotes += len(before.Quotes)
	if len(list) > 0 {
		r.Differ++
	}
	for _, d := range list {
		r.Counts[d.Kind]++
		if len(r.Samples[d.Kind]) < samples {
			d.Of, d.Before, d.After = short(d.Of), short(d.Before), short(d.After)
			r.Samples[d.Kind] = append(r.Samples[d.Kind], Case{
				Release: after.ID, Source: after.Source.ID, Title: short(after.Title), URL: after.URL, Snapshot: after.Provenance.RawSequence, Difference: d,
			})
		}
	}
	return list
}

// Same books a release that is read as before.
func (r *Report) Same(before *schemas.Release) {
	r.Read++
	r.Quotes += len(before.Quotes)
}

// Merge adds what another report has counted.
func (r *Report) Merge(o *Report, samples int) {
	if r.Counts == nil {
		r.Counts, r.Samples = map[string]int{}, map[string][]Case{}
	}
	r.Read += o.Read
	r.Differ += o.Differ
	r.Quotes += o.Quotes
	for kind, n := range o.Counts {
		r.Counts[kind] += n
	}
	for kind, cases := range o.Samples {
		room := max(samples-len(r.Samples[kind]), 0)
		r.Samples[kind] = append(r.Samples[kind], cases[:min(room, len(cases))]...)
	}
}

// Kinds are the kinds that were met: those of quotes and people first, since they are what subscribers rely on most.
func (r *Report) Kinds() []string {
	order := []string{SpeakerChanged, SpeakerLost, SpeakerGained, QuoteLost, QuoteGained, QuoteKind, PersonLost, PersonGained, RolesChanged}
	var kinds, rest []string
	for _, k := range order {
		if r.Counts[k] > 0 {
			kinds = append(kinds, k)
		}
	}
	for k := range r.Counts {
		if !slices.Contains(order, k) {
			rest = append(rest, k)
		}
	}
	slices.Sort(rest)
	return append(kinds, rest...)
}

// fewLost is how many quotes may be lost whatever their share: a mended rule that takes two out of ten is no damage.
const fewLost = 5

// Lost is the share of the quotes before that the second reading does not have, or has without their speaker; 0 when they are few.
func (r *Report) Lost() float64 {
	lost := r.Counts[QuoteLost] + r.Counts[SpeakerLost]
	if lost <= fewLost || r.Quotes == 0 {
		return 0
	}
	return float64(lost) / float64(r.Quotes)
}

func short(s string) string {
	if len(s) <= maxField {
		return s
	}
	cut := maxField
	for cut > 0 && s[cut]&0xC0 == 0x80 { // not in the middle of a character
		cut--
	}
	return s[:cut] + "…"
}
