package parser

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// hostile are pages that no press office writes, each far beyond what a rule expects: many of one thing, or one thing of great length.
func hostile() map[string]string {
	frame := func(s string) string {
		return "<!doctype html><html lang=de><head><title>Ausbau der Netze</title></head><body><main><h1>Ausbau der Netze</h1>" + s + "</main></body></html>"
	}
	each := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	const anna = "<p>„Wir bauen“, sagte Landrätin Anna Winkelmann. "
	return map[string]string{
		"100,000 nested elements":           frame(strings.Repeat("<div><span>", 50_000) + anna),
		"100,000 elements never opened":     frame(strings.Repeat("</div></p>", 50_000) + anna),
		"a million opening marks":           frame("<p>" + strings.Repeat("„", 1_000_000)),
		"a million closing marks":           frame("<p>" + strings.Repeat("“", 1_000_000)),
		"a million ASCII marks":             frame("<p>" + strings.Repeat(`"`, 1_000_000)),
		"80,000 marks around words":         frame("<p>" + strings.Repeat(`„a" »b« `, 20_000)),
		"marks that never close":            frame(strings.Repeat("<p>„Wir bauen, sagte Anna Winkelmann.</p>", 5_000)),
		"nested marks":                      frame("<p>" + strings.Repeat("„a ‚b ", 30_000) + strings.Repeat("‘ c“ ", 30_000)),
		"one word of 10 MB":                 frame("<p>" + strings.Repeat("a", 10<<20)),
		"one capitalised compound":          frame("<p>Landrätin " + strings.Repeat("Donau", 200_000) + " sagte: „Ja.“"),
		"hyphens":                           frame("<p>Anna " + strings.Repeat("Müller-", 20_000) + "Lüdenscheidt"),
		"an attribute of 5 MB":              frame(`<div class="` + strings.Repeat("foto ", 1<<20) + `" title="x">` + anna),
		"100,000 attributes":                frame("<div" + each(100_000, ` a%d="x"`) + ">" + anna),
		"100,000 dates":                     frame("<p>" + strings.Repeat("am 12. März 2025 und ", 100_000)),
		"100,000 numbers that are no dates": frame("<p>" + strings.Repeat("12. ", 100_000)),
		"a range without end":               frame("<p>" + strings.Repeat("vom 12. bis ", 20_000) + "14. April"),
		"100,000 names":                     frame("<p>" + strings.Repeat("Anna Winkelmann, ", 100_000)),
		"10,000 different names":            frame("<p>" + each(10_000, "Anna Winkel%dmann, Landrätin, ")),
		"titles without a name":             frame("<p>" + strings.Repeat("Prof. Dr. ", 100_000)),
		"roles without a name":              frame("<p>" + strings.Repeat("Landrätin und ", 100_000)),
		"particles":                         frame("<p>Anna " + strings.Repeat("von der ", 100_000) + "Heyde"),
		"pronouns and speech":               frame(strings.Repeat("<p>„Wir bauen das Netz aus“, sagte sie.</p>", 5_000)),
		"20,000 credits": frame(each(20_000, "<figure><img src=/%[1]d.jpg><figcaption>Netz. Foto: Jo Rott %[1]d/dpa</figcaption>"+
			"</figure>") + anna),
		"a JSON-LD of 2 MB":      `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 200_000) + "</script>" + frame(anna),
		"soft hyphens":           frame("<p>" + strings.Repeat("\u00ad", 500_000) + "Netz"),
		"bytes that are no text": frame("<p>" + strings.Repeat("\xff\xc3\x28", 300_000)),
		"combining marks":        frame("<p>A" + strings.Repeat("\u0308", 500_000)),
	}
}

// TestHostilePagesEnd wants every such page read to its end, with spans that fit and with work in proportion to its size: allocations
// are counted, not time, so that a rule that starts over at each mark is caught on any machine.
func TestHostilePagesEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some 40 MB")
	}
	const perKB = 4000 // a page of nothing but short quotes makes 2,700 a kB
	for name, body := range hostile() {
		t.Run(name, func(t *testing.T) {
			s := &schemas.Snapshot{
				Source: schemas.Source{ID: "hostile"}, URL: "https://www.kreis-musterau.example/p.php", Status: 200, Body: []byte(body),
				ContentType: "text/html; charset=utf-8", FetchedAt: time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC),
			}
			var r *schemas.Release
			var err error
			allocs := int(allocations(func() { r, err = Parse(s) }))
			t.Logf("%d kB, %d allocations a kB", len(body)>>10, allocs/(len(body)>>10))
			if limit := 10_000 + perKB*(len(body)>>10); allocs > limit {
				t.Errorf("%d allocations for %d kB, want %d at most", allocs, len(body)>>10, limit)
			}
			if err != nil {
				if schemas.KindOf(err) == schemas.KindInternal {
					t.Fatalf("an error without a kind: %v", err)
				}
				t.Logf("no release: %v", err)
				return
			}
			checkSpans(t, r)
		})
	}
}

// allocations counts those of one call. AllocsPerRun would call it twice, and others allocate meanwhile only if tests run in parallel.
func allocations(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}
