package export

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/schemas"
)

// maxCell is how many UTF-16 code units Excel takes in a cell; what is longer it spills over the next rows.
const maxCell = 32767

// bom tells Excel that a file is UTF-8.
const bom = "\uFEFF"

// sheet writes a table for spreadsheets: UTF-8 with a byte order mark, lines end with CR LF (RFC 4180), the first names the columns. All but
// numbers stands in quotes, so that nothing in a cell can end it, whatever separator the program that opens the file believes in.
type sheet struct {
	w     io.Writer
	table *table
	comma string
	only  string // speaker
	line  []byte
}

func newCSV(w io.Writer, o Options) (Writer, error) {
	name := o.Table
	if name == "" {
		name = "releases"
	}
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if i < 0 {
		return nil, &schemas.Error{Op: "export", Kind: schemas.KindInvalid, Thing: "table " + o.Table, Hint: "one of " + strings.Join(TableNames(), ", ")}
	}
	comma := o.Separator
	if comma == 0 {
		comma = ';'
	}
	if !strings.ContainsRune(";,\t|", comma) {
		return nil, &schemas.Error{Op: "export", Kind: schemas.KindInvalid, Thing: fmt.Sprintf("separator %q", comma), Hint: "one of ; , | or a tab"}
	}
	return &sheet{w: w, table: &tables[i], comma: string(comma), only: o.Speaker}, nil
}

// TableNames are the tables of csv.
func TableNames() []string {
	var names []string
	for _, t := range tables {
		names = append(names, t.name)
	}
	return names
}

func (s *sheet) Begin() error {
	s.line = append(s.line[:0], bom...)
	for i, c := range s.table.columns {
		if i > 0 {
			s.line = append(s.line, s.comma...)
		}
		s.line = append(s.line, c.name...)
	}
	return s.end()
}

func (s *sheet) Write(ev *schemas.Event) error {
	for i := range s.table.rows(ev.Release) {
		if s.table.keep != nil && s.only != "" && !s.table.keep(ev.Release, i, s.only) {
			continue
		}
		s.line = s.line[:0]
		for n, c := range s.table.columns {
			if n > 0 {
				s.line = append(s.line, s.comma...)
			}
			if v := c.of(ev, i); c.number {
				s.line = append(s.line, v...)
			} else {
				s.line = appendCell(s.line, v)
			}
		}
		if err := s.end(); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) end() error {
	s.line = append(s.line, "\r\n"...)
	_, err := s.w.Write(s.line)
	return err
}

func (*sheet) Close() error { return nil }

// appendCell appends a text as a cell: control characters made visible, one kind of line end, never a formula, no longer than a cell may be.
func appendCell(b []byte, v string) []byte {
	v = strings.ReplaceAll(strings.ReplaceAll(v, "\r\n", "\n"), "\r", "\n")
	v = cut(terminal.Safe(v), maxCell-1)
	b = append(b, '"')
	if formula(v) {
		b = append(b, '\'')
	}
	return append(append(b, strings.ReplaceAll(v, `"`, `""`)...), '"')
}

// formula reports whether a spreadsheet could take a text for a formula: it begins with one of the characters of OWASP's list on CSV
// injection, as they are or in full width, after what a program may trim or not show.
func formula(v string) bool {
	if v != "" && (v[0] == '\t' || v[0] == '\n') {
		return true
	}
	v = strings.TrimLeftFunc(v, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError })
	first, _ := utf8.DecodeRuneInString(v)
	return strings.ContainsRune("=+-@＝＋－＠", first) && v != ""
}

// cut is s in at most n UTF-16 code units; an ellipsis shows where something is missing.
func cut(s string, n int) string {
	if len(s) <= n { // UTF-8 is never shorter than UTF-16
		return s
	}
	units, keep := 0, 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units < n {
			keep = i + utf8.RuneLen(r)
		} else if units > n {
			return s[:keep] + "…"
		}
	}
	return s
}
