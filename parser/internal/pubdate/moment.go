package pubdate

import (
	"time"
	_ "time/tzdata" // Europe/Berlin must be there on every machine

	"github.com/kreispresse/kreispresse/internal/german/calendar"
	"github.com/kreispresse/kreispresse/schemas"
)

// berlin is the wall time of German pages.
var berlin = func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil { // cannot be: the database is linked in
		panic(err)
	}
	return l
}()

// moment is a date with how exactly it was told.
type moment struct {
	time.Time
	granularity string
	told        string // the day as written, where it is another than the day in Berlin
}

// value is the moment in ISO 8601: the day alone, or with the time of day and the offset of Berlin.
func (m moment) value() string {
	switch m.granularity {
	case schemas.GranularityMinute:
		return m.Format("2006-01-02T15:04Z07:00")
	case schemas.GranularitySecond:
		return m.Format("2006-01-02T15:04:05Z07:00")
	}
	return m.Format(time.DateOnly)
}

// day is the calendar day in Berlin, at midnight UTC.
func (m moment) day() time.Time {
	y, mo, d := m.Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, time.UTC)
}

// momentOf is a date of the calendar.
func momentOf(d calendar.Date) moment {
	return moment{Time: d.Time, granularity: d.Granularity, told: d.Written}
}

// dayOn is a day by its numbers; ok is false for one that does not exist, such as 31 February.
func dayOn(year, month, day int) (moment, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, berlin)
	if month < 1 || month > 12 || day < 1 || year < 1 || t.Day() != day {
		return moment{}, false
	}
	return moment{Time: t, granularity: schemas.GranularityDay}, true
}

// at is the day of m with a time of day, unless there is no such time.
func (m moment) at(hour, minute int) moment {
	if hour > 23 || minute > 59 {
		return m
	}
	y, mo, d := m.Date()
	return moment{Time: time.Date(y, mo, d, hour, minute, 0, 0, berlin), granularity: schemas.GranularityMinute}
}
