package index

import (
	"context"
	"database/sql"
	"time"
)

// Counts is how much there is, and how much came lately.
type Counts struct {
	Releases  int           `json:"releases"` // neither withdrawn nor erased
	Withdrawn int           `json:"withdrawn"`
	Hours     []HourCount   `json:"hours"`   // since then, oldest first; hours in which nothing was recorded are left out
	Sources   []SourceCount `json:"sources"` // by id: those that ever had a release
}

// HourCount is the events that were recorded within one hour.
type HourCount struct {
	Hour   time.Time      `json:"hour"`   // its beginning, UTC
	Events map[string]int `json:"events"` // by short type
}

// SourceCount is the releases of one source.
type SourceCount struct {
	ID        string         `json:"id"`
	Name      string         `json:"name,omitempty"`
	State     string         `json:"state,omitempty"`
	Releases  int            `json:"releases"` // neither withdrawn nor erased
	Withdrawn int            `json:"withdrawn"`
	Events    map[string]int `json:"events,omitempty"` // recorded since then, by short type
	Newest    *NewestRelease `json:"newest,omitempty"` // by day of publication
}

// NewestRelease is that of a source that is neither withdrawn nor erased.
type NewestRelease struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Published string    `json:"published,omitempty"`
	Recorded  time.Time `json:"recorded"`
}

// Counts counts. Hours and events are those since the beginning of the hour in which since lies.
func (x *Index) Counts(ctx context.Context, since time.Time) (*Counts, error) {
	c := &Counts{Hours: []HourCount{}, Sources: []SourceCount{}}
	err := x.ask(ctx, func(tx *sql.Tx) error {
		bySource, err := c.readHours(ctx, tx, since)
		if err != nil {
			return err
		}
		if err := c.readSources(ctx, tx); err != nil {
			return err
		}
		for i := range c.Sources {
			s := &c.Sources[i]
			s.Events = bySource[s.ID]
			c.Releases, c.Withdrawn = c.Releases+s.Releases, c.Withdrawn+s.Withdrawn
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Counts) readHours(ctx context.Context, tx *sql.Tx, since time.Time) (bySource map[string]map[string]int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT hour, source, type, events FROM hours WHERE hour >= ? ORDER BY hour", hourOf(since))
	if err != nil {
		return nil, err
	}
	bySource = map[string]map[string]int{}
	err = eachRow(rows, func(scan func(...any) error) error {
		var hour int64
		var source, typ string
		var n int
		if err := scan(&hour, &source, &typ, &n); err != nil {
			return err
		}
		at := time.Unix(hour*3600, 0).UTC()
		if l := len(c.Hours); l == 0 || !c.Hours[l-1].Hour.Equal(at) {
			c.Hours = append(c.Hours, HourCount{at, map[string]int{}})
		}
		c.Hours[len(c.Hours)-1].Events[typ] += n
		if bySource[source] == nil {
			bySource[source] = map[string]int{}
		}
		bySource[source][typ] += n
		return nil
	})
	return bySource, err
}

func (c *Counts) readSources(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT s.id, coalesce(s.name, ''), coalesce(s.state, ''), s.live, s.withdrawn,
		coalesce(r.id, ''), coalesce(r.title, ''), coalesce(r.published, ''), coalesce(r.recorded, '')
		FROM sources s LEFT JOIN releases r ON r.key = (
			SELECT key FROM releases WHERE source = s.id AND type NOT IN ('withdrawn', 'erased') ORDER BY key DESC LIMIT 1
		) ORDER BY s.id`)
	if err != nil {
		return err
	}
	return eachRow(rows, func(scan func(...any) error) error {
		var s SourceCount
		var n NewestRelease
		var recorded string
		err := scan(&s.ID, &s.Name, &s.State, &s.Releases, &s.Withdrawn, &n.ID, &n.Title, &n.Published, &recorded)
		if err == nil && n.ID != "" {
			n.Recorded, err = time.Parse(time.RFC3339Nano, recorded)
			s.Newest = &n
		}
		c.Sources = append(c.Sources, s)
		return err
	})
}
