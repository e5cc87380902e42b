package app

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// writeEvent writes an event in the JSON format of CloudEvents 1.0, one line of tail --json and replay. "sequence" is where to continue
// with --from.
func writeEvent(w io.Writer, e *schemas.Event) error {
	line, err := e.AppendJSON(nil, nil)
	if err != nil {
		return err
	}
	_, err = w.Write(terminal.JSON(append(line, '\n')))
	return err
}

// viewEvent prints an event as one line for people.
func viewEvent(w io.Writer, e *schemas.Event, s style) error {
	word := fmt.Sprintf("%-11s", schemas.EventName(e.Type)) // padded before it is painted: escapes have no width
	if e.Type == schemas.EventWithdrawn {
		word = s.alert(word)
	}
	r := e.Release
	day := "          "
	if r.Published != nil && len(r.Published.Value) >= 10 {
		day = r.Published.Value[:10]
	}
	counts := " " + aboutEvent(e)
	title := shorten(oneLine(r.Title), 80)
	if s.width > 0 {
		room := max(s.width-eventMargin-max(len(r.Source.ID), 16), 10)
		title = shorten(oneLine(r.Title), min(room, 80))
		if utf8.RuneCountInString(title)+utf8.RuneCountInString(counts) > room {
			counts = ""
		}
	}
	_, err := fmt.Fprintf(w, "%7d  %s  %s  %-16s  %s%s\n", e.Sequence, word, s.date(day), r.Source.ID, s.bold(title), s.faint(counts))
	return err
}

// eventMargin is the width of what stands before a title in viewEvent, without the source.
const eventMargin = 7 + 2 + 11 + 2 + 10 + 2 + 2

// aboutEvent says what became of the release: why it was withdrawn, what was corrected, else how much is in it.
func aboutEvent(e *schemas.Event) string {
	if e.Reason != "" {
		return oneLine(e.Reason)
	}
	if len(e.Changes) > 0 {
		parts := make([]string, len(e.Changes))
		for i, c := range e.Changes {
			parts[i] = c.Field
			if c.Class != c.Field && c.Class != schemas.ChangeOther {
				parts[i] += " (" + c.Class + ")"
			}
		}
		return "changed: " + strings.Join(parts, ", ")
	}
	r := e.Release
	return fmt.Sprintf("%s, %s, %s", plural(len(r.Quotes), "quote"), people(len(r.People)), plural(len(r.Credits), "credit"))
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
