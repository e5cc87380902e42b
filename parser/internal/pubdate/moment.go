package pubdate

import (
	"time"
	_ "time/tzdata" // Europe/Berlin must be there on every machine

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

// clock is what a text says of the time of day.
type clock struct {
	hour, min, sec int
	given          bool // an hour and minute
	seconds        bool
	zone           *time.Location // nil: none told
}

// build makes a moment; ok is false for a day that does not exist, such as 31 February, and for an impossible time of day.
func build(year, month, day int, c clock) (moment, bool) {
	if month < 1 || month > 12 || day < 1 || year < 1 {
		return moment{}, false
	}
	if d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC); d.Day() != day {
		return moment{}, false
	}
	if !c.given {
		return moment{Time: time.Date(year, time.Month(month), day, 0, 0, 0, 0, berlin), granularity: schemas.GranularityDay}, true
	}
	if c.hour > 23 || c.min > 59 || c.sec > 59 {
		return moment{}, false
	}
	zone, told := c.zone, c.zone != nil
	if !told {
		zone = berlin
	}
	t := time.Date(year, time.Month(month), day, c.hour, c.min, c.sec, 0, zone)
	m := moment{Time: t, granularity: schemas.GranularityMinute}
	if c.seconds {
		m.granularity = schemas.GranularitySecond
	}
	return inBerlin(dateOnly(m)), true
}

// dateOnly takes a moment at midnight for the day that begins there: systems that keep days as times print them so, often in UTC,
// where midnight in Berlin is 22:00 or 23:00 of the day before.
func dateOnly(m moment) moment {
	if m.Second() != 0 || m.Minute() != 0 {
		return m
	}
	if m.Hour() == 0 {
		return moment{Time: m.Time, granularity: schemas.GranularityDay}
	}
	if _, off := m.Zone(); off == 0 && m.In(berlin).Hour() == 0 {
		return moment{Time: m.In(berlin), granularity: schemas.GranularityDay}
	}
	return m
}

// inBerlin gives a moment in the wall time of German pages. The day as it was written is kept where it is another.
func inBerlin(m moment) moment {
	if m.granularity == schemas.GranularityDay {
		return m
	}
	told := m.Format(time.DateOnly)
	if m.Time = m.In(berlin); m.Format(time.DateOnly) != told {
		m.told = told
	}
	return m
}
