package pubdate

import (
	"cmp"
	"slices"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// testimony is a date with the source that tells it.
type testimony struct {
	stated
	source source
}

// day is one day with those who name it, the weightiest first.
type day struct {
	time.Time
	names []testimony
	best  [families]float64
}

// weight adds up what speaks for the day, each family once, and against it.
func (d *day) weight(c *candidates) float64 {
	sum := 0.0
	for _, w := range d.best {
		sum += w
	}
	for _, x := range contradictions {
		if x.holds(c, d) {
			sum += x.weight
		}
	}
	return sum
}

func (d *day) add(t testimony) {
	w := witnesses[t.source]
	d.best[w.family] = max(d.best[w.family], w.weight)
	d.names = append(d.names, t)
}

// elect finds the day most is said for.
func (c *candidates) elect() (*day, bool) {
	var best *day
	most := 0.0
	for _, d := range c.days() {
		if w := d.weight(c); best == nil || w > most {
			best, most = d, w
		}
	}
	return best, best != nil && most >= enough
}

// days groups what is plausible by the day that it names, the weightiest witness first. A moment in another zone whose day in Berlin
// nobody prints, while the day as written is printed, belongs to that: so the page's readers see it.
func (c *candidates) days() []*day {
	all := slices.DeleteFunc(slices.Clone(c.all), func(t testimony) bool { return !c.plausible(t.stated) })
	slices.SortStableFunc(all, func(a, b testimony) int { return cmp.Compare(witnesses[b.source].weight, witnesses[a.source].weight) })
	var out []*day
	for _, t := range all {
		if t.told != "" && !prints(all, t.day()) {
			if told, err := time.Parse(time.DateOnly, t.told); err == nil && prints(all, told) {
				t.moment = moment{Time: told, granularity: schemas.GranularityDay}
			}
		}
		i := slices.IndexFunc(out, func(d *day) bool { return d.Equal(t.day()) })
		if i < 0 {
			i = len(out)
			out = append(out, &day{Time: t.day()})
		}
		out[i].add(t)
	}
	return out
}

// prints reports whether the page shows this day.
func prints(all []testimony, d time.Time) bool {
	return slices.ContainsFunc(all, func(t testimony) bool {
		return witnesses[t.source].family == onPage && t.told == "" && t.day().Equal(d)
	})
}

// stamp is the day as its weightiest witness tells it; the others agree.
func (d *day) stamp() *schemas.Stamp {
	s := stamp(d.names[0].stated)
	for _, t := range d.names[1:] {
		if t.evidence != s.Evidence && !slices.Contains(s.Agreeing, t.evidence) {
			s.Agreeing = append(s.Agreeing, t.evidence)
		}
	}
	return s
}

func stamp(x stated) *schemas.Stamp {
	return &schemas.Stamp{Value: x.value(), Granularity: x.granularity, Evidence: x.evidence}
}
