package german

import "testing"

// BenchmarkLoad reads the lexicon, as the first page of a process does.
func BenchmarkLoad(b *testing.B) {
	for _, part := range []struct {
		name string
		load func()
	}{
		{"words", func() { loadWords() }},
		{"ends", func() { loadWordTails() }},
		{"roles", func() { loadRoleForms() }},
		{"verbs", func() { loadReporting() }},
		{"names", func() { loadGivenNames() }},
	} {
		b.Run(part.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				part.load()
			}
		})
	}
}
