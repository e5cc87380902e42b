package truth

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// The files of a case are its name and one of these: the page as a server would send it, what is true of it, and what the parser reads.
const (
	PageExt, TruthExt, RecordExt = ".html", ".truth.yaml", ".json"
)

// Case is a page with what is true of it.
type Case struct {
	Dir, Name string
	Truth     Page
	Snap      *schemas.Snapshot
}

// File is the path of one of the case's files.
func (c Case) File(ext string) string { return filepath.Join(c.Dir, c.Name+ext) }

// Cases reads the cases of a directory, in the order of their names. None at all is an error.
func Cases(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*"+PageExt))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, &schemas.Error{
			Op: "cases", Kind: schemas.KindNotFound, Thing: dir, Err: errors.New("no page (NAME.html) lies there"),
			Hint: "name a directory of pages with their truth, NAME.truth.yaml",
		}
	}
	list := make([]Case, 0, len(files))
	for _, f := range files {
		c := Case{Dir: dir, Name: strings.TrimSuffix(filepath.Base(f), PageExt)}
		body, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if c.Truth, err = Read(c.File(TruthExt)); err != nil {
			return nil, err
		}
		c.Snap = c.Truth.Snapshot(body)
		list = append(list, c)
	}
	return list, nil
}

// Snapshot is the page as a crawl would have handed it to the parser.
func (p Page) Snapshot(body []byte) *schemas.Snapshot {
	s := &schemas.Snapshot{
		Source: schemas.Source{ID: "kreis-golden", Name: "Kreis Golden", State: "NW"}, URL: p.URL, Status: 200, Body: body,
		ContentType: p.ContentType, FetchedAt: p.FetchedAt, FirstSeen: p.FetchedAt,
	}
	if o := p.From; o != nil {
		s.Source = schemas.Source{ID: o.Source, Name: o.Name, State: o.State}
		s.Profile, s.Header.Language = o.Profile, o.Language
		if !o.FirstSeen.IsZero() {
			s.FirstSeen = o.FirstSeen
		}
	}
	by := map[string]string{"listing": p.Listed, "feed": p.Fed, "sitemap": p.Mapped}
	for _, name := range []string{"listing", "feed", "sitemap"} {
		if by[name] != "" {
			s.Hints = schemas.Hints{Published: by[name], PublishedBy: name, DiscoveredBy: name}
			break
		}
	}
	return s
}

// Crawled fills in what a reader was told of a page that was crawled: from its snapshot Snapshot makes one that reads the same.
func (p *Page) Crawled(s *schemas.Snapshot) {
	p.URL, p.ContentType, p.FetchedAt = s.URL, s.ContentType, s.FetchedAt.UTC()
	p.From = &Origin{Source: s.Source.ID, Name: s.Source.Name, State: s.Source.State, Profile: s.Profile, Language: s.Header.Language}
	if seen := s.FirstSeen.UTC(); !seen.Equal(p.FetchedAt) {
		p.From.FirstSeen = seen
	}
	switch s.Hints.PublishedBy {
	case "listing":
		p.Listed = s.Hints.Published
	case "feed":
		p.Fed = s.Hints.Published
	case "sitemap":
		p.Mapped = s.Hints.Published
	}
}

// Record is what the case's file of the parser's reading says, nil when there is none.
func (c Case) Record() ([]byte, error) {
	b, err := os.ReadFile(c.File(RecordExt))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// Wrong are the findings of what is not as the truth has it, in the order of Fields, a line each; none when all is.
func (c Case) Wrong(r *schemas.Release) (list []string) {
	found := c.Truth.Judge(r)
	for _, field := range Fields {
		for _, w := range found[field].Wrong {
			list = append(list, field+": wrong: "+w)
		}
		for _, m := range found[field].Missing {
			list = append(list, field+": missing: "+m)
		}
	}
	return list
}
