package console

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/schemas"
)

// funcs are what templates can say in a language.
func (f *frame) funcs(l *locale) template.FuncMap {
	return template.FuncMap{
		"t":       l.say,
		"lang":    func() string { return l.lang },
		"n":       func(n any) string { return l.count(n) },
		"dec":     l.decimal,
		"percent": func(x float64) string { return l.number(int(x*100+0.5)) + " %" },
		"bytes":   l.bytes,
		"span":    l.span,
		"when":    func(at time.Time) template.HTML { return f.when(l, at, f.moment(l, at)) },
		"exact":   func(at time.Time) template.HTML { return f.when(l, at, at.In(f.zone).Format(l.day+", 15:04:05")) },
		"ago":     func(at time.Time) template.HTML { return f.when(l, at, f.ago(l, at)) },
		"due": func(at time.Time) template.HTML {
			if !at.IsZero() && !at.After(f.now()) {
				return f.when(l, at, l.say("due.now"))
			}
			return f.when(l, at, f.ago(l, at))
		},
		"stamp":       func(s string) template.HTML { return f.stamp(l, s) },
		"server":      func(where string) string { return server(l, where) },
		"finding":     func(x doctor.Finding) told { return f.finding(l, x) },
		"judged":      func(c schemas.Cause, list []schemas.Cause, says string) told { return f.judged(l, c, list, says) },
		"doubted":     func(c *schemas.Cause, says string) told { return f.doubted(l, c, says) },
		"runcauses":   func(list []schemas.Cause, says []string) told { return f.runCauses(l, list, says) },
		"short":       short,
		"cut":         func(n int, s string) string { return cut(short(s), n) },
		"asset":       func(name string) string { return f.names[name] },
		"state":       func(code string) string { return schemas.States[strings.ToUpper(code)] },
		"runshape":    runShape,
		"list":        func(x ...string) []string { return x },
		"dict":        dict,
		"navpath":     navPath,
		"highlighted": highlighted,
		"svg":         func(s string) template.HTML { return template.HTML(s) }, //nolint:gosec // made here, see charts.go
	}
}

func (l *locale) count(n any) string {
	switch n := n.(type) {
	case int:
		return l.number(n)
	case uint64:
		return l.number(int(n))
	case int64:
		return l.number(int(n))
	}
	return fmt.Sprint(n)
}

// when writes a moment as people read it, with the moment itself for programs and in UTC for who rests the pointer on it.
func (f *frame) when(l *locale, at time.Time, words string) template.HTML {
	if at.IsZero() {
		return template.HTML(template.HTMLEscapeString(l.say("never")))
	}
	at = at.UTC()
	full := f.moment(l, at) + " · " + at.Format("2006-01-02 15:04:05") + " UTC"
	return template.HTML(fmt.Sprintf(`<time datetime="%s" title="%s">%s</time>`, at.Format(time.RFC3339), full, template.HTMLEscapeString(words)))
}

// moment writes a time in Berlin's zone.
func (f *frame) moment(l *locale, at time.Time) string { return at.In(f.zone).Format(l.moment) }

// ago writes how long something has been, or will be.
func (f *frame) ago(l *locale, at time.Time) string {
	d := f.now().Sub(at)
	switch {
	case d.Abs() < time.Minute:
		return l.say("ago.now")
	case d > 0:
		return l.say("ago.past", "Span", l.span(d))
	}
	return l.say("ago.future", "Span", l.span(d))
}

// stamp writes what a page says about when it was published, see schemas.Stamp; other text is left as it is.
func (f *frame) stamp(l *locale, s string) template.HTML {
	for _, x := range []struct{ layout, show string }{
		{time.RFC3339, l.moment},
		{"2006-01-02T15:04Z07:00", l.moment},
		{time.DateOnly, l.day},
	} {
		at, err := time.ParseInLocation(x.layout, s, f.zone)
		if err != nil {
			continue
		}
		return template.HTML(fmt.Sprintf(`<time datetime="%s">%s</time>`, template.HTMLEscapeString(s), at.In(f.zone).Format(x.show)))
	}
	return template.HTML(template.HTMLEscapeString(short(s)))
}

// dict makes a map of names and values, for templates that are called by others.
func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// navPath is where an entry of the navigation leads, below the root.
func navPath(name string) string {
	if name == "overview" {
		return ""
	}
	return name
}
