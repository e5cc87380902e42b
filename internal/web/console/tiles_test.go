package console

import (
	"bytes"
	"testing"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// TestTiles reads the file of the map: every Kreis of the registry has a place of its own on it, and nobody else has one.
func TestTiles(t *testing.T) {
	registry, err := source.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	kreise := map[string]*source.Source{}
	for _, s := range registry {
		if s.Kind != "" && s.AGS != "" {
			kreise[s.AGS] = s
		}
	}
	lines := 0
	for line := range bytes.Lines(tilesCSV) {
		if !bytes.HasPrefix(line, []byte("#")) {
			lines++
		}
	}
	if n := len(places()); n != 401 || lines != n {
		t.Errorf("%d places in %d lines, not 401: a line does not parse, or a key is there twice", n, lines)
	}
	taken := map[[2]int]string{}
	for ags, at := range places() {
		s := kreise[ags]
		if s == nil {
			t.Errorf("%s is on the map, but not in the registry", ags)
			continue
		}
		if other := taken[at]; other != "" {
			t.Errorf("%s and %s stand on the same place %v", ags, other, at)
		}
		if taken[at] = ags; at[0] < 0 || at[1] < 0 {
			t.Errorf("%s stands at %v, off the map", ags, at)
		}
	}
	for ags, s := range kreise {
		if _, ok := places()[ags]; !ok {
			t.Errorf("%s (%s) has no place on the map", ags, s.ID)
		}
	}
}
