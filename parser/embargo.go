package parser

import (
	"strings"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/parser/internal/timex"
	"github.com/kreispresse/kreispresse/schemas"
)

// berlin is the wall time of German pages; pubdate links its rules in.
var berlin = sync.OnceValue(func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return l
})

// embargo is the Sperrfrist a page states, nil for none. Its end is absent when the words name no moment ("Redebeginn") or several.
func embargo(line string, a timex.Anchor) *schemas.Embargo {
	if line == "" {
		return nil
	}
	day, clock := "", ""
	for _, e := range timex.Find(text.New([]text.Piece{{Type: schemas.BlockParagraph, Text: line}}), a) {
		d, c, timed := strings.Cut(e.Value, "T")
		if _, err := time.Parse(time.DateOnly, d); err == nil {
			if day != "" && day != d {
				return &schemas.Embargo{Text: line}
			}
			day = d
		}
		if _, err := time.Parse("15:04", c); timed && err == nil {
			if clock != "" && clock != c {
				return &schemas.Embargo{Text: line}
			}
			clock = c
		}
	}
	return &schemas.Embargo{Text: line, Until: until(day, clock)}
}

// until is a day, and a time of it in Berlin, in ISO 8601; "" without a day.
func until(day, clock string) string {
	if day == "" || clock == "" {
		return day
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", day+"T"+clock, berlin())
	if err != nil {
		return day
	}
	return t.Format("2006-01-02T15:04Z07:00")
}
