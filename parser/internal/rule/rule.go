package rule

// Rule is one row: how to find something, and what shows that it is found.
type Rule[Kind comparable, Finder any] struct {
	ID   string // as evidence names it, unique in its table; it steers nothing
	Kind Kind   // what the reader tells apart
	Says string // examples, one a line: "am [12. März] → 2024-03-12"
	Not  string // counter-examples, one a line: text in which this rule finds nothing
	Find Finder // applies the rule; nil where the finder of a row above does
}

// Table is the rules of a reader in their order of preference.
type Table[Kind comparable, Finder any] []Rule[Kind, Finder]

// IDs are the names of the rules, in order.
func (t Table[Kind, Finder]) IDs() []string {
	ids := make([]string, len(t))
	for i, r := range t {
		ids[i] = r.ID
	}
	return ids
}
