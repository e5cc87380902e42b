package land

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed templates/*.html
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").ParseFS(files, "templates/*.html"))
})

type link struct{ Href, Text string }

type number struct {
	N       int
	Href    string
	Current bool
}

// view is what a template shows.
type view struct {
	Kind, Title, Name, Word string
	Nav, Foot, Links, Years []link
	Items, More             []*release
	Rel                     *release
	Pages                   []number
	Page                    int
	Next, Prev              string
	Feed, ListURL, HomeURL  string
	Notice                  template.HTML
	LoadMore, Own           bool
	notice                  string
}

func (s *Site) render(req *http.Request, v *view) answer {
	family := s.Family
	if s.quirk == "plain" {
		family = "plain"
	}
	return s.renderAs(req, family, v)
}

// renderAs fills in what every page of the site has, and shows it.
func (s *Site) renderAs(req *http.Request, name string, v *view) answer {
	v.Name, v.Word, v.HomeURL = s.Name, s.word, s.Home
	v.Own = req.Host != s.Host && req.Host != s.pressHost() && strings.TrimPrefix(s.Host, "www.") != req.Host
	v.Nav, v.Foot = s.menu()
	if v.Kind == "list" && s.quirk == "years" {
		for y := Now.Year(); len(s.ofYear(y)) > 0; y-- {
			href := s.yearURL(y)
			if y == Now.Year() {
				href = s.absolute(s.list)
			}
			v.Years = append(v.Years, link{href, strconv.Itoa(y)})
		}
	}
	if v.Rel != nil {
		v.More, v.ListURL = s.releases[1:4], s.list
	}
	if s.quirk == "session" || s.quirk == "mixedhosts" {
		v.Items = slices.Clone(v.Items)
		for i, r := range v.Items {
			other := *r
			other.Href = s.session(r.Href)
			v.Items[i] = &other
		}
		for i := range v.Nav {
			v.Nav[i].Href = s.session(v.Nav[i].Href)
		}
	}
	if v.notice != "" {
		v.Notice = template.HTML(`Unsere neuen <a href="` + template.HTMLEscapeString(v.notice) + `">Pressemitteilungen</a> ` +
			`stehen auf unserer neuen Internetseite. Diese Seite wird nicht mehr gepflegt.`)
	}
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, v); err != nil {
		return answer{status: http.StatusInternalServerError, kind: "text/plain", body: []byte(err.Error())}
	}
	return answer{kind: "text/html; charset=utf-8", body: b.Bytes()}
}
