package console

import (
	"net/url"
)

// previewPage is the workshop of a source's selectors.
type previewPage struct {
	ID, Name string
	*Preview
	Frame string // address of the outlined page
}

func (k *call) wanted() Selectors {
	q := func(name string) string { return cut(k.view.Query.Get(name), titleLimit) }
	return Selectors{List: q("list"), Item: q("item"), Link: q("link"), Title: q("title"), Date: q("date")}
}

// preview shows what selectors would find on the lists that are kept. It never writes the source's file.
func (k *call) preview() error {
	p, name, err := k.previewed()
	if err != nil {
		return err
	}
	q := url.Values{"list": {p.Selectors.List}, "item": {p.Selectors.Item}, "link": {p.Selectors.Link}, "title": {p.Selectors.Title}, "date": {p.Selectors.Date}}
	id := k.r.PathValue("id")
	return k.page("preview.html", "sources", k.say("preview.title", "Name", name), previewPage{
		id, name, p, k.view.Link("/sources/%s/list", id) + "?" + q.Encode(),
	})
}

func (k *call) previewed() (*Preview, string, error) {
	if k.Acts == nil {
		return nil, "", k.noActs()
	}
	d, err := k.reader.Source(k.ctx(), k.r.PathValue("id"))
	if err != nil {
		return nil, "", err
	}
	p, err := k.Acts.Preview(k.ctx(), d.ID, k.wanted())
	return p, title(sourceRow{SourceStatus: d.SourceStatus}), err
}

// listPage is the newest page of a list with what the selector chooses outlined, for the frame in the workshop.
func (k *call) listPage() error {
	p, _, err := k.previewed()
	if err != nil {
		return err
	}
	k.framed("text/html; charset=utf-8", "no-store", p.Page)
	return nil
}
