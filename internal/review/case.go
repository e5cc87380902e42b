package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/schemas"
)

// judged fields are those that a reviewer has looked at; the rest of a case is what the parser read.
var judgedFields = []string{"quotes", "speakers"}

// NoteExt is the file of a case that says where it comes from.
const NoteExt = ".review.yaml"

// Note says where a case comes from.
type Note struct {
	URL       string    `yaml:"url"`
	Source    string    `yaml:"source"`
	Name      string    `yaml:"name,omitempty"`
	Release   string    `yaml:"release"`
	Revision  int       `yaml:"revision"`
	Snapshot  string    `yaml:"snapshot"`     // sha256 of NAME.html
	Raw       uint64    `yaml:"raw_sequence"` // in the archive it was taken from
	FetchedAt time.Time `yaml:"fetched_at"`
	Parser    string    `yaml:"parser"`   // that read what the truth says beside the reviews
	Exported  time.Time `yaml:"exported"` // when
	Reviews   []Said    `yaml:"reviews"`
}

// Said is one review in a Note.
type Said struct {
	ID      string    `yaml:"id"`
	At      time.Time `yaml:"at"`
	By      string    `yaml:"by,omitempty"`
	Quote   string    `yaml:"quote"`
	Start   int       `yaml:"start"`
	End     int       `yaml:"end"`
	ReadAs  string    `yaml:"read_as"` // empty: nobody
	Rule    string    `yaml:"rule,omitempty"`
	Parser  string    `yaml:"parser,omitempty"` // of that reading
	Verdict string    `yaml:"verdict"`
	Says    string    `yaml:"says,omitempty"`
	Note    string    `yaml:"note,omitempty"`
}

// rights stands above every file that holds what a page says.
const rights = `The page is a text of %s, not of this project: it may be kept to try the parser on, and belongs in no public repository.
A golden page of the project is written anew: own words, own names, the markup that matters.`

// gold is a case about to be written.
type gold struct {
	name  string
	page  []byte
	truth truth.Page
	read  *schemas.Release
	note  Note
}

// goldOf makes a case of the reviews of one page.
func goldOf(list []Reviewed, s *schemas.Snapshot, read *schemas.Release, now time.Time) gold {
	first := list[0]
	g := gold{
		name: strings.Join([]string{first.Source, first.Release[:8], s.Digest()[:8]}, "-"), page: s.Body, truth: truth.Of(read), read: read,
		note: Note{
			URL: s.URL, Source: s.Source.ID, Name: s.Source.Name, Release: first.Release, Revision: first.Revision, Snapshot: s.Digest(), Raw: first.RawSequence,
			FetchedAt: s.FetchedAt.UTC(), Parser: read.Provenance.Parser, Exported: now.UTC().Truncate(time.Second),
		},
	}
	g.truth.Crawled(s)
	for _, f := range truth.Fields {
		if !slices.Contains(judgedFields, f) {
			g.truth.Unjudged = append(g.truth.Unjudged, f)
		}
	}
	drop := map[int]bool{}
	for _, x := range list {
		if i := x.correct(&g.truth, read); i >= 0 {
			drop[i] = true
		}
		g.truth.Covers = append(g.truth.Covers, "review "+x.ID)
		g.note.Reviews = append(g.note.Reviews, Said{
			x.ID, x.At.UTC(), x.By, x.Text, x.Start, x.End, x.Speaker, x.Rule, x.Parser, x.Verdict, x.Says, x.Note,
		})
	}
	kept := g.truth.Quotes[:0]
	for i, q := range g.truth.Quotes {
		if !drop[i] {
			kept = append(kept, q)
		}
	}
	g.truth.Quotes = kept
	return g
}

// correct makes a truth say what the review says. It gives the index of a quote that is none, else -1.
func (r Review) correct(p *truth.Page, read *schemas.Release) (drop int) {
	i := r.Find(read)
	switch {
	case i >= 0 && r.Verdict == VerdictNoQuote:
		return i
	case r.Verdict == VerdictNoQuote:
		return -1
	case i < 0: // today's parser reads no quote there
		p.Quotes = append(p.Quotes, truth.Quote{Text: r.Text, Kind: schemas.QuoteDirect})
		i = len(p.Quotes) - 1
	}
	q := &p.Quotes[i]
	q.Speaker, q.Org = "", false
	if r.Verdict == VerdictPerson {
		name := r.name(read)
		q.Speaker = name
		if !slices.ContainsFunc(p.People, func(x truth.Person) bool { return x.Name == name }) {
			p.People = append(p.People, truth.Person{Name: name})
		}
	}
	return -1
}

// comment stands above the truth.
func (g gold) comment() string {
	return fmt.Sprintf(rights, cmp.Or(g.note.Name, g.note.Source)) + `
Quotes and speakers are what the reviews say, and else what parser ` + g.note.Parser + ` reads. Nobody has judged the rest: whoever does takes
the field out of unjudged.`
}

// files are the files of the case by their ending.
func (g gold) files() (map[string][]byte, error) {
	record, err := truth.Record(g.read)
	if err != nil {
		return nil, err
	}
	told, err := g.truth.YAML(g.comment())
	if err != nil {
		return nil, err
	}
	note, err := yaml.MarshalWithOptions(g.note, yaml.IndentSequence(true))
	if err != nil {
		return nil, err
	}
	return map[string][]byte{truth.PageExt: g.page, truth.TruthExt: told, truth.RecordExt: record, NoteExt: note}, nil
}
