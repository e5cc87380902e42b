package console

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/doctor"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

// told is what the program found, in the language of the page. Raw is the same in the program's own words: where there are no others, or where
// they say more.
type told struct{ Look, Says, Do, Raw string }

// spoken says values of a cause as people of a language do; all others are said as they are.
func (f *frame) spoken(l *locale, name string, v any) any {
	switch x := v.(type) {
	case string:
		switch name {
		case "At":
			if at, err := time.Parse(time.RFC3339, x); err == nil {
				return f.moment(l, at)
			}
		case "Kind":
			return l.say("errorkind." + x)
		case "Field":
			return l.say("field." + x)
		case "Server":
			return server(l, x)
		}
		return short(x)
	case int:
		switch name {
		case "Free", "Floor", "PerDay":
			return l.bytes(uint64(max(x, 0)))
		case "Seconds":
			return l.span(time.Duration(x) * time.Second)
		}
	}
	return v
}

// server is where the broker is: an address, or in the program.
func server(l *locale, where string) string {
	if rest, ok := strings.CutPrefix(where, "embedded"); ok {
		return l.say("server.embedded") + short(rest)
	}
	return short(where)
}

// cause says a code in a sentence, whose key begins with prefix; empty when the language has none: a code of a newer program.
func (f *frame) cause(l *locale, prefix string, c schemas.Cause) string {
	var args []any
	for name, v := range c.With {
		args = append(args, name, f.spoken(l, name, v))
	}
	key := prefix + c.Code
	if s := l.say(key, args...); s != key {
		return s
	}
	return ""
}

// finding is one of the doctor's.
func (f *frame) finding(l *locale, x doctor.Finding) told {
	look, _, _ := strings.Cut(x.Code, ".")
	t := told{Look: l.say("look." + look), Says: f.cause(l, "finding.", x.Cause), Do: f.cause(l, "advice.", x.Cause)}
	if x.Code == "" || t.Says == "" {
		return told{Look: x.Name, Raw: x.Says, Do: x.Do}
	}
	if doctor.Told(x.Code) {
		t.Raw = strings.TrimSpace(x.Says + ". " + x.Do)
	}
	return t
}

// judged is a verdict on a source; says is its English sentence.
func (f *frame) judged(l *locale, c schemas.Cause, causes []schemas.Cause, says string) told {
	t := told{Says: f.cause(l, "judged.", c), Do: f.cause(l, "remedy.", c)}
	if c.Code == health.Failed {
		why := f.runCauses(l, causes, []string{says})
		t.Says, t.Raw = cmp.Or(why.Says, t.Says), why.Raw
	}
	if t.Says == "" {
		t.Raw = says
	}
	return t
}

// runCauses are why a run failed; says is that in English, which names the pages and errors.
func (f *frame) runCauses(l *locale, causes []schemas.Cause, says []string) told {
	var list []string
	for _, c := range causes {
		list = append(list, f.cause(l, "runcause.", c))
	}
	return told{Says: strings.TrimSpace(strings.Join(list, " ")), Raw: strings.Join(says, "; ")}
}

// doubted is why a run is not believed; says is that in English.
func (f *frame) doubted(l *locale, c *schemas.Cause, says string) told {
	if c != nil {
		if s := f.cause(l, "runcause.", *c); s != "" {
			return told{Says: s}
		}
	}
	return told{Raw: says}
}

// mistake is an error that the console itself tells: it has words in each language.
type mistake struct{ key, english string }

func (m *mistake) Error() string { return m.english }

// refuse is an error in words of ours, whose key is below "mistake.".
func (k *call) refuse(op string, kind schemas.Kind, thing, key string) error {
	en := k.frame.locales["en"]
	return &schemas.Error{Op: op, Kind: kind, Thing: thing, Err: &mistake{key, en.say("mistake." + key)}, Hint: en.say("errordo." + string(kind))}
}

// problem is what an error page shows.
type problem struct {
	Status int
	told
}

// problemOf says an error: its sort in the language of the page, and itself in the words of the program, unless it has words of ours.
func (k *call) problemOf(err error) problem {
	kind := schemas.KindOf(err)
	p := problem{statusOf(err), told{Says: k.say("errorkind." + string(kind)), Do: k.say("errordo." + string(kind)), Raw: err.Error()}}
	if m, ok := errors.AsType[*mistake](err); ok {
		p.Says, p.Raw = k.say("mistake."+m.key), ""
	}
	return p
}

func (k *call) errorPage(status int, err error) {
	p := k.problemOf(err)
	p.Status = status
	k.view.Title, k.view.Data = k.say("error.title"), p
	if err := k.frame.render(k.w, status, "error.html", &k.view); err != nil {
		k.Log.Error("the error page failed", "error", err)
		http.Error(k.w, http.StatusText(status), status)
	}
}
