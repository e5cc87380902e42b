package index

import (
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// speaker is who says a quote, as the release tells on that day.
type speaker struct {
	name, key, kind, organisation, method, rule string
	roles                                       []string
}

func speakerOf(r *schemas.Release, q *schemas.Quote) (s speaker) {
	sp := q.Speaker
	if sp == nil {
		return s
	}
	s = speaker{name: sp.Name, kind: sp.Kind, method: sp.Method, rule: sp.Rule}
	if sp.Person != nil && *sp.Person >= 0 && *sp.Person < len(r.People) {
		p := &r.People[*sp.Person]
		s.name, s.roles, s.organisation = p.Name, p.Roles, p.Organisation
	}
	switch {
	case sp.Kind == schemas.SpeakerOrganisation:
		if name := slug(s.name); name != "" {
			s.key = organisationKey + name + "@" + r.Source.ID
		}
	default:
		s.key = personKey(s.name, r.Source.ID)
	}
	return s
}

// organisationKey begins the key of a speaker that is no person.
const organisationKey = "org:"

// personKey is the handle of somebody whom a source names: a full name within one source is one person (docs/adr/0022). It is empty for
// a name of one word: a surname tells nobody.
func personKey(name, source string) string {
	if s := nameSlug(name); s != "" {
		return s + "@" + source
	}
	return ""
}

// nameSlug is a full name as keys have it, "" for a name of one word.
func nameSlug(name string) string {
	if s := slug(name); strings.Contains(s, "-") && strings.ContainsFunc(strings.TrimSpace(name), func(r rune) bool { return r == ' ' || r == '\u00a0' }) {
		return s
	}
	return ""
}
