package review

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/schemas"
)

// What becomes of a page with reviews in an export.
const (
	Written = "written" // as a case
	Kept    = "kept"    // its case was there: somebody may have worked on it
	Left    = "left"    // out: the page cannot be had, see Exported.Lost
	Remove  = "remove"  // a case that was there is of a release that was erased: its files must go
)

// Exported is what became of one page.
type Exported struct {
	Name    string   `json:"name,omitempty"` // of the case
	Did     string   `json:"did"`
	Release string   `json:"release"`
	Lost    string   `json:"lost,omitempty"`
	Reviews []string `json:"reviews,omitempty"` // ids
}

// readme is laid beside the cases.
const readme = `# Cases from reviews

Each page here was published by a public authority and belongs to it. Somebody said that a quote on it was read wrongly. The files are those of
the parser's golden pages (parser/testdata/golden/README.md); NAME.review.yaml says where a page comes from and what was said of it.

    GOLDEN_DIR=$PWD go test ./parser -run TestPrivate -count 1     # in the project: PWD is this directory, whole

A case fails until the parser reads the page as the review says. Do not commit these pages to a public repository: a golden page of the project
is written anew. When a release was erased (kreispresse forget), its case must go; the next export says which.
`

// Export writes a case for each page of the reviews that are given, newest first, into a directory, which is made. A case that is there is
// left alone unless overwrite says otherwise.
func (d *Desk) Export(ctx context.Context, dir string, list []Reviewed, overwrite bool) ([]Exported, error) {
	if err := prepare(dir); err != nil {
		return nil, unwritten(dir, err)
	}
	var out []Exported
	for _, page := range pages(list) {
		x, err := d.export(ctx, dir, page, overwrite)
		if err != nil {
			return out, err
		}
		out = append(out, x)
	}
	old, err := d.erased(ctx, dir)
	return append(out, old...), err
}

// pages puts the reviews of one page together.
func pages(list []Reviewed) (groups [][]Reviewed) {
	for _, x := range list {
		i := slices.IndexFunc(groups, func(g []Reviewed) bool { return g[0].SamePage(x.Review) })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], x)
	}
	return groups
}

func (d *Desk) export(ctx context.Context, dir string, list []Reviewed, overwrite bool) (Exported, error) {
	out := Exported{Did: Left, Release: list[0].Release}
	for _, x := range list {
		out.Reviews = append(out.Reviews, x.ID)
	}
	x, s, read, err := d.judge(ctx, list[0])
	if err != nil || x.State == Gone {
		out.Lost = x.Lost
		return out, err
	}
	g := goldOf(list, s, read, d.now())
	c := truth.Case{Dir: dir, Name: g.name}
	out.Name, out.Did = g.name, Written
	if _, err := os.Stat(c.File(truth.TruthExt)); err == nil && !overwrite {
		out.Did = Kept
		return out, nil
	}
	files, err := g.files()
	for _, ext := range []string{truth.PageExt, truth.RecordExt, NoteExt, truth.TruthExt} { // the truth last: with it a case is whole
		if err == nil {
			err = os.WriteFile(c.File(ext), files[ext], 0o600)
		}
	}
	return out, unwritten(dir, err)
}

// prepare makes the directory. One that holds nothing yet gets a word on what lies there, and is kept out of a repository around it.
func prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if there, err := os.ReadDir(dir); err != nil || len(there) > 0 {
		return err
	}
	for name, text := range map[string]string{"README.md": readme, ".gitignore": "*\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func unwritten(dir string, err error) error {
	if err == nil {
		return nil
	}
	return &schemas.Error{Op: "export reviews", Kind: schemas.KindStorage, Thing: dir, Err: err, Hint: "name a directory that can be written"}
}

// erased are the cases of a directory whose releases were erased since.
func (d *Desk) erased(ctx context.Context, dir string) (list []Exported, err error) {
	notes, err := filepath.Glob(filepath.Join(dir, "*"+NoteExt))
	for _, file := range notes {
		var n Note
		text, e := os.ReadFile(file)
		if e == nil {
			e = yaml.Unmarshal(text, &n)
		}
		if e != nil {
			return list, unwritten(file, e)
		}
		ev, e := d.Newest(ctx, n.Release)
		if k := schemas.KindOf(e); k == schemas.KindNotFound || k == schemas.KindInvalid {
			continue // a case of another installation
		} else if e != nil {
			return list, e
		}
		if ev.Type == schemas.EventErased {
			list = append(list, Exported{
				Name: strings.TrimSuffix(filepath.Base(file), NoteExt), Did: Remove, Release: n.Release, Lost: LostErased,
			})
		}
	}
	slices.SortFunc(list, func(a, b Exported) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}
