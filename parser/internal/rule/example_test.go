package rule_test

import (
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/rule"
)

// kind is what this reader tells apart: the IDs of its rules are for people.
type kind int

const (
	price kind = iota
	ticket
)

// finder reads a price at word i, "" for none.
type finder func(words []string, i int) string

// prices is a small reader's table.
var prices = rule.Table[kind, finder]{
	{
		ID: "euro", Kind: price, Find: euro,
		Says: "Der Eintritt kostet [5 Euro] → 5.00",
		Not:  "Sie fanden Euro auf der Straße",
	},
	{
		ID: "free", Kind: ticket, Find: free,
		Says: `
			Der Eintritt ist [frei] → 0.00
			[frei] und nochmals [frei] → 0.00; 0.00`,
		Not: "Die Stelle ist unbesetzt",
	},
}

func euro(words []string, i int) string {
	if i+1 < len(words) && words[i+1] == "Euro" && strings.Trim(words[i], "0123456789") == "" {
		return words[i] + ".00"
	}
	return ""
}

func free(words []string, i int) string {
	if words[i] == "frei" {
		return "0.00"
	}
	return ""
}

// read is the reader: the first rule that finds something at a word has it.
func read(text string) []rule.Hit {
	var hits []rule.Hit
	words := strings.Fields(text)
	for i := range words {
		for _, r := range prices {
			if v := r.Find(words, i); v != "" {
				stretch := words[i]
				if r.Kind == price {
					stretch += " Euro"
				}
				hits = append(hits, rule.Hit{Rule: r.ID, Text: stretch, Result: v})
				break
			}
		}
	}
	return hits
}

// printer stands for the *testing.T of a test.
type printer struct{}

func (printer) Helper()                           {}
func (printer) Errorf(format string, args ...any) { fmt.Printf("FAIL "+format+"\n", args...) }
func (printer) Logf(format string, args ...any)   { fmt.Printf(format+"\n", args...) }

// A reader's test hands its table and itself to Test. In a real one Fired comes from Count, which reads the golden records.
func ExampleTest() {
	var t printer // in a test: the *testing.T
	rule.Test(t, prices, rule.Trial{Read: read, Fired: map[string]int{"euro": 12}})
	// Output:
	// fired on golden pages: euro 12, free 0
	// FAIL no golden page for free
}
