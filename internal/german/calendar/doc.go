// Package calendar is what the rooms of the project know of German dates together: the names of months and days, and the forms in which
// dates are written. It imports nothing of ours; crawler and parser both read it.
//
//   - words.go: feasts, numerals, seasons, as data (words/).
//   - names.go: months and weekdays by every form, as data.
//   - date.go: the dates of a text, or that of a value.
//   - scan.go: how the numbers and names of a date are written.
//   - clock.go: the time of day beside a date, and its zone.
package calendar
