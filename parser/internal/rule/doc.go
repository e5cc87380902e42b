// Package rule is the one way in which readers write down what they know: a table, one row a rule.
//
// A row says what the rule finds (Says) and what looks like it and is not (Not), both as text that the reader itself is run on, so that
// no example can go stale:
//
//	var rules = rule.Table[kind, finder]{
//		{ID: "day-nth", Kind: day, Find: nthDay,
//			Says: "am [dritten Freitag im Mai] → 2024-05-17",
//			Not:  "die dritte Freitagsrunde"},
//	}
//
// The ID is evidence: it goes into records and logs, and nothing may ask for it. What a reader has to tell apart it tells by Kind, an
// enumeration of its own, so that a rule may be renamed without changing what it does. Find is whatever the reader calls to apply the
// rule: a function, or nil where the finder of a row above makes this one's finds too.
//
// Test holds a table to its examples and reports the rules that fire on no golden page:
//
//   - rule.go has Rule and Table,
//   - example.go the notation of examples,
//   - test.go Test and Count.
package rule
