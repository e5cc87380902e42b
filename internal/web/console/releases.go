package console

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/schemas"
)

// perPage is how many releases, quotes or sources a page of a list shows.
const perPage = 25

// releaseList is what the page of releases shows.
type releaseList struct {
	Query  index.Query
	Page   *index.Page
	More   bool   // the filters beyond the text are in use
	States []land // Länder to choose from
	Types  []string
	Live   string // where news of this list come from; empty for what no stream can tell
}

// land is one of the sixteen.
type land struct{ Code, Name string }

func lands() (list []land) {
	for _, code := range schemas.StateCodes() {
		list = append(list, land{code, schemas.States[code]})
	}
	return list
}

func (k *call) releases() error {
	q := k.view.Query
	get := func(name string) string { return strings.TrimSpace(cut(q.Get(name), titleLimit)) }
	want := index.Query{
		Text: get("q"), Speaker: get("speaker"), Person: get("person"), Role: get("role"), Source: get("source"), State: get("state"), Type: get("type"),
		From: get("from"), To: get("to"), After: q.Get("after"), Limit: perPage,
	}
	next, err := k.reader.News(k.ctx()) // before the search, so that nothing falls between the list and its stream
	if err != nil {
		return err
	}
	page, err := k.reader.Search(k.ctx(), want)
	if err != nil {
		return err
	}
	more := want
	more.Text, more.After, more.Limit = "", "", 0
	return k.page("releases.html", "releases", k.say("releases.title"), releaseList{
		Query: want, Page: page, More: more != index.Query{}, States: lands(), Types: []string{"published", "corrected", "reextracted", "withdrawn"},
		Live: liveOf(want, next),
	})
}

// liveOf is the stream of news of a list: only what it can tell by itself, and only on the first page.
func liveOf(q index.Query, next uint64) string {
	if q.Text+q.Speaker+q.Person+q.Role+q.From+q.To+q.After != "" {
		return ""
	}
	p := url.Values{"from": {strconv.FormatUint(next, 10)}}
	for name, v := range map[string]string{"source": q.Source, "state": q.State, "type": q.Type} {
		if v != "" {
			p.Set(name, v)
		}
	}
	return "/v1/feed?" + p.Encode()
}
