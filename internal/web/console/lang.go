package console

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed locales/*.json
var localeFS embed.FS

// Languages of the console; the first is that of everybody who asks for none of them.
var languages = []string{"de", "en"}

// locale is one language: its words, and how it writes numbers and times.
type locale struct {
	lang     string
	words    *i18n.Localizer
	thousand string
	point    string
	day      string // layouts
	moment   string
}

// locales reads the words of all languages.
func locales() (map[string]*locale, error) {
	bundle := i18n.NewBundle(language.German)
	out := map[string]*locale{}
	for _, lang := range languages {
		if _, err := bundle.LoadMessageFileFS(localeFS, "locales/"+lang+".json"); err != nil {
			return nil, fmt.Errorf("words of %s: %w", lang, err)
		}
		l := &locale{lang: lang, words: i18n.NewLocalizer(bundle, lang), thousand: ".", point: ",", day: "02.01.2006", moment: "02.01.2006, 15:04"}
		if lang == "en" {
			l.thousand, l.point, l.day, l.moment = ",", ".", "2 Jan 2006", "2 Jan 2006, 15:04"
		}
		out[lang] = l
	}
	return out, nil
}

// say gives the words of a key. args are names and values that the words contain; the one called N, a whole number, chooses the plural.
// A key without words is given itself, so that a page shows what is missing; the tests find it first.
func (l *locale) say(key string, args ...any) string {
	data := map[string]any{}
	c := &i18n.LocalizeConfig{MessageID: key, TemplateData: data}
	for i := 0; i+1 < len(args); i += 2 {
		name, v := fmt.Sprint(args[i]), args[i+1]
		switch n := v.(type) {
		case int:
			data[name] = l.number(n)
			if name == "N" {
				c.PluralCount = n
			}
		case float64:
			data[name] = l.decimal(n, 1)
		default:
			data[name] = v
		}
	}
	s, err := l.words.Localize(c)
	if err != nil && c.PluralCount != nil { // words that count nothing, or more than one thing
		c.PluralCount = nil
		s, err = l.words.Localize(c)
	}
	if err != nil {
		return key
	}
	return s
}

// number writes a whole number with its thousands apart.
func (l *locale) number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + l.thousand + s[i:]
	}
	return sign + s
}

// decimal writes a number with so many figures behind the point.
func (l *locale) decimal(x float64, figures int) string {
	whole, rest, _ := strings.Cut(strconv.FormatFloat(x, 'f', figures, 64), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || rest == "" {
		return l.number(n)
	}
	return l.number(n) + l.point + rest
}

// bytes writes a size in the unit that people would choose.
func (l *locale) bytes(n uint64) string {
	x, unit := float64(n), "B"
	for _, u := range []string{"KB", "MB", "GB", "TB"} {
		if x < 1000 {
			break
		}
		x, unit = x/1000, u
	}
	if unit == "B" {
		return l.number(int(n)) + " B"
	}
	return l.decimal(x, 1) + " " + unit
}

// span writes how long something lasts, in its largest unit.
func (l *locale) span(d time.Duration) string {
	switch d = d.Abs(); {
	case d < time.Minute:
		return l.say("span.seconds", "N", int(d.Seconds()))
	case d < time.Hour:
		return l.say("span.minutes", "N", int(d.Minutes()))
	case d < 48*time.Hour:
		return l.say("span.hours", "N", int(d.Hours()))
	}
	return l.say("span.days", "N", int(d.Hours()/24))
}

// choose finds the language of a request: that of the address (/en/…), else the best of Accept-Language. It gives the prefix of the
// address, too, which its links keep.
func choose(r *http.Request) (lang, prefix, path string) {
	for _, l := range languages {
		if rest, ok := strings.CutPrefix(r.URL.Path, "/"+l); ok && (rest == "" || rest[0] == '/') {
			if rest == "" {
				rest = "/"
			}
			return l, "/" + l, rest
		}
	}
	_, i := language.MatchStrings(matcher, r.Header.Get("Accept-Language"))
	return languages[i], "", r.URL.Path
}

var matcher = language.NewMatcher([]language.Tag{language.German, language.English})
