package index

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Facets are words of a column of their own, so that a filter is looked up in the full text like any other word. The dot in them is no
// letter: no text has such a word. It also stands between two names of a column, so that no phrase reaches from one to the next.
const (
	facetDot  = "·"
	facetLive = "live" // neither withdrawn nor erased
	facetGone = "gone" // begins the facets of those that are: whoever asks for a source asks for what is live, without a second word
)

func facet(kind, value string) string {
	return kind + facetDot + strings.NewReplacer("-", facetDot, "@", facetDot, ":", facetDot).Replace(strings.ToLower(value))
}

// The kinds of facets.
const (
	kindSource  = "s"
	kindState   = "l"
	kindType    = "t"
	kindSpeaker = "k"
)

func facetExpr(facets []string) string {
	parts := make([]string, len(facets))
	for i, f := range facets {
		parts[i] = `"` + f + `"`
	}
	return "{" + colFacets + "} : (" + strings.Join(parts, " AND ") + ")"
}

// releaseFacets are the facets of a release in its present state.
func releaseFacets(source schemas.Source, typ string) string {
	begin := ""
	list := []string{facet(kindType, typ)}
	if isLive(typ) {
		list = append(list, facetLive)
	} else {
		begin = facetGone + facetDot
	}
	list = append(list, begin+facet(kindSource, source.ID))
	if source.State != "" {
		list = append(list, begin+facet(kindState, source.State))
	}
	return strings.Join(list, " ")
}

func isLive(typ string) bool { return typ != "withdrawn" && typ != "erased" }

// joinNames writes names into a column: no phrase reaches from one to the next.
func joinNames(names []string) string { return strings.Join(names, " "+facetDot+" ") }
