package console

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/health"
)

// drawing writes SVG. Words are escaped; everything else is made here.
type drawing struct{ strings.Builder }

func (d *drawing) add(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = template.HTMLEscapeString(s)
		}
	}
	fmt.Fprintf(d, format, args...)
}

// bar is one column of a chart: its height, what it means in words, and the class that paints it.
type bar struct {
	Value float64
	Says  string
	Class string
}

// Sizes of a chart's column, in its own units.
const (
	barWidth  = 10
	barGap    = 2
	barHeight = 48
)

// bars draws a column for each value, all from one line up. What each means stands in its title and has to stand in a table, too.
func bars(label string, list []bar) template.HTML {
	most := 1.0
	for _, b := range list {
		most = max(most, b.Value)
	}
	width := max(len(list), 1) * (barWidth + barGap)
	var d drawing
	d.add(`<svg class="bars" viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s">`, width, barHeight, label)
	for i, b := range list {
		h := b.Value / most * (barHeight - 2)
		if b.Value > 0 {
			h = max(h, 3)
		}
		if b.Class == "failed" {
			h = barHeight // how little it brought is no measure: it is seen by its colour and its hatching
		}
		d.add(`<g class="bar %s"><title>%s</title><rect class="ground" x="%d" y="0" width="%d" height="%d"/><rect x="%d" y="%.1f" width="%d" height="%.1f"/></g>`,
			b.Class, b.Says, i*(barWidth+barGap), barWidth, barHeight, i*(barWidth+barGap), barHeight-max(h, 1), barWidth, max(h, 1))
	}
	d.WriteString(`<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect class="hatch-ground" width="4" height="4"/><rect class="hatch-line" width="2" height="4"/></pattern></defs></svg>`)
	return template.HTML(d.String()) //nolint:gosec // words are escaped
}

// A run in a strip: its width, and how many there are at most.
const (
	runWidth = 6
	runsMost = health.KeepRuns
)

// runShapes are what a run came to, by its letter: a tall stroke, a low one, a cross. They are told apart without colours.
var runShapes = map[rune]string{health.RunFresh: "M%d 0v16", health.RunStill: "M%d 12v4", health.RunFailed: "M%d 3l4 10m0-10-4 10"}

// runShape is the shape of one kind of run, for the legend.
func runShape(letter string) string {
	return fmt.Sprintf(runShapes[[]rune(letter)[0]], map[bool]int{true: 1, false: 3}[letter == string(health.RunFailed)])
}

// runStrip draws what the last runs came to, the last one on the right: a path for each kind, since a list has hundreds of strips.
func runStrip(says, runs string) template.HTML {
	runs = runs[max(0, len(runs)-runsMost):]
	paths := map[rune]string{}
	for i, r := range runs {
		x := (runsMost-len(runs)+i)*runWidth + 1
		if r != health.RunFailed {
			x += 2 // the middle of the stroke
		}
		paths[r] += fmt.Sprintf(runShapes[r], x)
	}
	var d drawing
	d.add(`<svg class="runs" viewBox="0 0 %d 16" role="img"><title>%s</title>`, runsMost*runWidth, says)
	for _, r := range []rune{health.RunFresh, health.RunStill, health.RunFailed} {
		if paths[r] != "" {
			d.add(`<path class="%c" d="%s"/>`, r, paths[r])
		}
	}
	d.WriteString(`</svg>`)
	return template.HTML(d.String()) //nolint:gosec // words are escaped
}

// share draws one bar of a funnel: a part of a whole.
func share(part, whole int) template.HTML {
	width := 0.0
	if whole > 0 {
		width = min(float64(part)/float64(whole), 1) * 100
	}
	var d drawing
	d.add(`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="8"/>`)
	d.add(`<rect width="%.2f" height="8"/></svg>`, width)
	return template.HTML(d.String()) //nolint:gosec // numbers only
}

// tile is a source on the map.
type tile struct {
	ID, Name string
	Land     string // code
	State    string // as the class of a chip
	Letter   string
	Says     string // name, Land and state in words
	Col, Row int
	Link     string
}

// cell is the side of a tile with the gap, in units of the drawing: 24 px of it can be hit.
const cell = 28

// country draws the map: a square for each source with a letter and a colour, a line where one Land ends.
func country(label string, tiles []tile) template.HTML {
	lands, cols, rows := map[[2]int]string{}, 0, 0
	for _, t := range tiles {
		lands[[2]int{t.Col, t.Row}] = t.Land
		cols, rows = max(cols, t.Col+1), max(rows, t.Row+1)
	}
	slices.SortFunc(tiles, func(a, b tile) int { // by Land, so that who goes through it by keyboard stays in one
		return strings.Compare(a.Land+" "+a.Name, b.Land+" "+b.Name)
	})
	var d drawing
	d.add(`<svg class="map" viewBox="-1 -1 %d %d" width="%d" height="%d" role="group" aria-label="%s">`,
		cols*cell+2, rows*cell+2, cols*cell+2, rows*cell+2, label)
	for _, t := range tiles {
		x, y := t.Col*cell, t.Row*cell
		d.add(`<a href="%s"><title>%s</title><rect class="tile %s" x="%d" y="%d" width="%d" height="%d" rx="3"/><text x="%d" y="%d" class="on-%s">%s</text></a>`,
			t.Link, t.Says, t.State, x+2, y+2, cell-4, cell-4, x+cell/2, y+cell/2+5, t.State, t.Letter)
	}
	d.add(`<path class="border" d="%s"/></svg>`, borders(lands))
	return template.HTML(d.String()) //nolint:gosec // words are escaped
}

// borders is the path around every Land: each side of a tile behind which another Land, or nothing, lies.
func borders(lands map[[2]int]string) string {
	var d strings.Builder
	for _, at := range sortedPlaces(lands) {
		x, y := at[0]*cell, at[1]*cell
		for _, side := range []struct{ dx, dy, x1, y1, x2, y2 int }{
			{0, -1, 0, 0, cell, 0}, {1, 0, cell, 0, cell, cell}, {0, 1, 0, cell, cell, cell}, {-1, 0, 0, 0, 0, cell},
		} {
			other, ok := lands[[2]int{at[0] + side.dx, at[1] + side.dy}]
			if other == lands[at] && ok || ok && other < lands[at] {
				continue // the same Land, or its neighbour draws the line
			}
			fmt.Fprintf(&d, "M%d %dL%d %d", x+side.x1, y+side.y1, x+side.x2, y+side.y2)
		}
	}
	return d.String()
}

func sortedPlaces(lands map[[2]int]string) (list [][2]int) {
	for at := range lands {
		list = append(list, at)
	}
	slices.SortFunc(list, func(a, b [2]int) int { return (a[1]-b[1])*1000 + a[0] - b[0] })
	return list
}
