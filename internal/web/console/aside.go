package console

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

// asidePage is what the pages of held changes and of dead letters show.
type asidePage struct {
	What   string // held or dead
	Groups []cause
	Total  int
	Source string
	Acts   []string // what can be done
	Can    bool
}

// cause is what keeps some pages from the feed.
type cause struct {
	Key         string // by which the group is named
	Says        string // in the words of the program, figures and addresses left out
	Code        string // of the first; empty: nobody noted one
	Items       []api.Aside
	First, Last time.Time
}

// asideActs are what can be done with what is kept aside.
var asideActs = map[string][]string{"held": {"release", "drop"}, "dead": {"retry", "drop"}}

func (k *call) held() error { return k.aside("held") }
func (k *call) dead() error { return k.aside("dead") }

func (k *call) asides(what string) ([]api.Aside, error) {
	if what == "held" {
		return k.reader.Held(k.ctx())
	}
	return k.reader.Dead(k.ctx())
}

func (k *call) aside(what string) error {
	list, err := k.asides(what)
	if err != nil {
		return err
	}
	p := asidePage{What: what, Source: k.view.Query.Get("source"), Acts: asideActs[what], Can: k.Acts != nil && k.view.Operator}
	if p.Source != "" {
		list = slices.DeleteFunc(list, func(a api.Aside) bool { return a.Source != p.Source })
	}
	p.Groups, p.Total = byCause(list), len(list)
	return k.page("aside.html", what, k.say("nav."+what), p)
}

var figures = regexp.MustCompile(`\d+`)

// byCause groups what has the same reason, but for figures and addresses in it; the largest group first.
func byCause(list []api.Aside) (groups []cause) {
	at := map[string]int{}
	for _, a := range list {
		says := strings.ReplaceAll(short(a.Reason), a.URL, "…")
		key := figures.ReplaceAllString(says, "#")
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key], groups = i, append(groups, cause{Key: key, Says: says, Code: a.Code, First: a.Since, Last: a.Since})
		}
		g := &groups[i]
		g.Items = append(g.Items, a)
		if a.Since.Before(g.First) {
			g.First = a.Since
		}
		if a.Since.After(g.Last) {
			g.Last = a.Since
		}
	}
	slices.SortStableFunc(groups, func(a, b cause) int { return cmp.Compare(len(b.Items), len(a.Items)) })
	return groups
}

// deed is what somebody is about to do.
type deed struct {
	What  string // held or dead
	Do    string
	Items []api.Aside
	Cause string
	Page  string // one page only
}

// deedOf reads what is to be done from a form, and what it would touch now.
func (k *call) deedOf() (deed, error) {
	k.r.ParseForm() //nolint:errcheck // what is missing is refused below
	d := deed{What: k.r.PathValue("what"), Do: k.r.FormValue("do"), Cause: k.r.FormValue("cause"), Page: k.r.FormValue("page")}
	bad := func(key string) (deed, error) { return d, k.refuse("console", schemas.KindInvalid, "", key) }
	if !slices.Contains(asideActs[d.What], d.Do) {
		return bad("nodeed")
	}
	list, err := k.asides(d.What)
	if err != nil {
		return d, err
	}
	for _, g := range byCause(list) {
		for _, a := range g.Items {
			if d.Page != "" && a.Page == d.Page || d.Page == "" && g.Key == d.Cause {
				d.Items = append(d.Items, a)
			}
		}
	}
	if len(d.Items) == 0 {
		return bad("nothing")
	}
	return d, nil
}

// foresee says what an act would touch, and asks again.
func (k *call) foresee() error {
	d, err := k.deedOf()
	if err != nil {
		return err
	}
	return k.page("deed.html", d.What, k.say("deed."+d.What+d.Do, "N", len(d.Items)), d)
}

// act does what was foreseen; when there is more or less of it by now, it does nothing.
func (k *call) act() error {
	if k.Acts == nil {
		return k.noActs()
	}
	d, err := k.deedOf()
	if err != nil {
		return err
	}
	if k.r.PostFormValue("count") != strconv.Itoa(len(d.Items)) {
		return k.refuse("console", schemas.KindConflict, "", "count")
	}
	for _, a := range d.Items {
		if err := k.Acts.Aside(k.ctx(), d.What, d.Do, a.Source, a.Page); err != nil {
			return err
		}
	}
	return k.done("/"+d.What, d.What+d.Do)
}
