package retention

import (
	_ "embed"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/kreispresse/kreispresse/schemas"
)

// Police is the class of what police offices publish. "" is that of all else.
const Police = "police"

//go:embed classes.yaml
var classesFile []byte

// signs are the rules of one class, see classes.yaml.
type signs struct {
	Source []string `yaml:"source"`
	Folder []string `yaml:"folder"`
	Kicker []string `yaml:"kicker"`
	Title  []string `yaml:"title"`
	Code   []string `yaml:"code"`

	titles, codes *regexp.Regexp
}

// classes are read when the first release is looked at.
var classes = sync.OnceValue(func() map[string]*signs {
	var all map[string]*signs
	if err := yaml.UnmarshalWithOptions(classesFile, &all, yaml.Strict()); err != nil {
		panic(err) // a file of ours; a test reads it
	}
	for _, s := range all {
		s.titles = regexp.MustCompile(`(?i)^(` + alternatives(s.Title) + `)\s*($|[:–—|-]|\(|nr\b|\d|vom \d)`)
		s.codes = regexp.MustCompile(`^(` + alternatives(s.Code) + `)[- ]\pL[\pL\d .-]{0,20}:`)
		for _, list := range [][]string{s.Source, s.Folder, s.Kicker} {
			for i := range list {
				list[i] = strings.ToLower(list[i])
			}
		}
	}
	return all
})

func alternatives(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = regexp.QuoteMeta(s)
	}
	return strings.Join(quoted, "|")
}

// ClassOf is the class of a release, and by which rule; empty when it is of none.
func ClassOf(r *schemas.Release) (class, rule string) {
	for _, name := range []string{Police} {
		if rule := classes()[name].holds(r); rule != "" {
			return name, rule
		}
	}
	return "", ""
}

// holds names the rule by which a release is of the class; empty when none is.
func (s *signs) holds(r *schemas.Release) string {
	begins := func(prefix string) bool { return strings.HasPrefix(strings.ToLower(r.Source.Name), prefix) }
	switch {
	case slices.ContainsFunc(s.Source, begins):
		return "source"
	case slices.ContainsFunc(folders(r.URL), func(f string) bool { return slices.Contains(s.Folder, f) }):
		return "folder"
	case slices.Contains(s.Kicker, strings.ToLower(strings.Trim(r.Kicker, " :–—|-"))):
		return "kicker"
	case s.titles.MatchString(r.Title):
		return "title"
	case s.codes.MatchString(r.Title):
		return "code"
	}
	return ""
}

// folders are the parts of an address's path but the last, which is made from the title.
func folders(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	parts := strings.Split(strings.ToLower(strings.Trim(u.Path, "/")), "/")
	return parts[:len(parts)-1]
}
