package pipeline

import "time"

// SetClock lets a test move the time.
func (l *Line) SetClock(now func() time.Time) { l.now = now }
