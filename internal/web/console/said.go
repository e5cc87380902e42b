package console

import (
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/internal/index"
)

// saidPage is what somebody said, newest first.
type saidPage struct {
	Query index.QuoteQuery
	Page  *index.QuotePage
	Days  []saidDay
	Names []speaker // who they are, when several are meant
	Lands []land
	Asked bool
}

// saidDay are the quotes of one day.
type saidDay struct {
	Day    string
	Quotes []index.Quote
}

// speaker is somebody among those found.
type speaker struct {
	Key, Name, Source string
	N                 int
}

func (k *call) said() error {
	q := k.view.Query
	get := func(name string) string { return strings.TrimSpace(cut(q.Get(name), titleLimit)) }
	want := index.QuoteQuery{
		Speaker: get("speaker"), Key: get("key"), Text: get("q"), Source: get("source"), State: get("state"), From: get("from"), To: get("to"),
		After: q.Get("after"), Limit: perPage,
	}
	page, err := k.reader.Quotes(k.ctx(), want)
	if err != nil {
		return err
	}
	p := saidPage{Query: want, Page: page, Lands: lands(), Asked: want.Speaker+want.Key+want.Text+want.Source+want.State+want.From+want.To != ""}
	for _, quote := range page.Quotes {
		day := cut(quote.Published, len("2006-01-02"))
		day = strings.TrimSuffix(day, "…")
		if n := len(p.Days); n == 0 || p.Days[n-1].Day != day {
			p.Days = append(p.Days, saidDay{Day: day})
		}
		last := &p.Days[len(p.Days)-1]
		last.Quotes = append(last.Quotes, quote)
	}
	if want.Key == "" && want.Speaker != "" {
		p.Names = speakers(page.Quotes)
	}
	return k.page("said.html", "said", k.say("nav.said"), p)
}

// speakers are the people behind quotes, when they are several.
func speakers(quotes []index.Quote) (list []speaker) {
	for _, q := range quotes {
		if q.SpeakerKey == "" {
			continue
		}
		i := slices.IndexFunc(list, func(s speaker) bool { return s.Key == q.SpeakerKey })
		if i < 0 {
			i, list = len(list), append(list, speaker{Key: q.SpeakerKey, Name: q.Speaker, Source: q.SourceName})
		}
		list[i].N++
	}
	if len(list) < 2 {
		return nil
	}
	return list
}
