package app

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/index"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "find releases, quotes and people",
		ArgsUsage: "[WORD…]",
		Description: "All words must stand in a release, in any order and form of writing: Düren, Dueren and Duren are one word, Straße and Strasse, too.\n" +
			"\"…\" asks for words in a row, a word with * for its beginning (Kreis*). Words in the title come first, then in the lead, then in the\n" +
			"text. With --quotes the words are those of quotes, with --people those of names. The index is brought up to date first\n" +
			"(docs/search.md)." + examples(
			"kreispresse search Hitze* Gesundheitsamt",
			`kreispresse search '"Tag der offenen Tür"' --state NW --from 2026-01-01`,
			"kreispresse search --quotes --speaker 'Ralf Nolten'",
			"kreispresse search --people Nolten",
			"kreispresse search --role Landrätin --order newest --json",
		),
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "quotes", Usage: "find quotes"},
			&cli.BoolFlag{Name: "people", Usage: "find people by the beginnings of their names"},
			&cli.StringFlag{Name: "speaker", Usage: "somebody of this `NAME` is quoted; a part of it is enough"},
			&cli.StringFlag{Name: "key", Usage: "with --quotes: said by whoever has this `KEY` in the answers"},
			&cli.StringFlag{Name: "person", Usage: "somebody of this `NAME` is named"},
			&cli.StringFlag{Name: "role", Usage: "somebody with this `ROLE` is named"},
			&cli.StringFlag{Name: "credit", Usage: "a picture is by this `HOLDER` or agency"},
			&cli.StringFlag{Name: "source", Usage: "only of the source with this `ID`"},
			&cli.StringFlag{Name: "state", Usage: "only of this Land, by its two-letter `CODE`"},
			&cli.StringFlag{Name: "type", Usage: "only releases whose newest event has this `TYPE`: " + strings.Join(eventNames(), ", ")},
			&cli.StringFlag{Name: "from", Usage: "published on this `DAY` or later (2026-03-12)"},
			&cli.StringFlag{Name: "to", Usage: "published on this `DAY` or before"},
			&cli.StringFlag{Name: "order", Usage: "`ORDER`: best or newest"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Usage: "at most `N`, up to 200", Value: 20},
			&cli.StringFlag{Name: "after", Usage: "go on behind the page that ended with this `CURSOR`"},
			&cli.BoolFlag{Name: "json", Usage: "the answer as one JSON object"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			s, err := p.newSearch(cmd)
			if err != nil {
				return err
			}
			return s.run(ctx)
		},
	}
}

// search is one question.
type search struct {
	*program
	words, mode string // mode: releases, quotes or people
	cmd         *cli.Command
	style       style
}

// onlyFor names the flags that one mode knows and another does not.
var onlyFor = map[string][]string{
	"releases": {"person", "role", "credit", "type", "order", "speaker", "source", "state", "from", "to", "after"},
	"quotes":   {"key", "speaker", "source", "state", "from", "to", "after"},
	"people":   {},
}

func (p *program) newSearch(cmd *cli.Command) (*search, error) {
	s := &search{program: p, words: strings.Join(cmd.Args().Slice(), " "), mode: "releases", cmd: cmd, style: p.style()}
	switch {
	case cmd.Bool("quotes") && cmd.Bool("people"):
		return nil, usagef("--quotes and --people exclude each other")
	case cmd.Bool("quotes"):
		s.mode = "quotes"
	case cmd.Bool("people"):
		s.mode = "people"
	}
	known := map[string]bool{"quotes": true, "people": true, "limit": true, "json": true}
	for _, name := range onlyFor[s.mode] {
		known[name] = true
	}
	for _, name := range cmd.LocalFlagNames() {
		if cmd.IsSet(name) && !known[name] && len(name) > 1 {
			return nil, usagef("--%s does not go with a search for %s", name, s.mode)
		}
	}
	if cmd.IsSet("limit") && (cmd.Int("limit") < 1 || cmd.Int("limit") > 200) {
		return nil, usagef("--limit %d: want 1 to 200", cmd.Int("limit"))
	}
	return s, nil
}

func (s *search) run(ctx context.Context) error {
	bus, err := s.readFeed(ctx, s.cmd.String("source"))
	if err != nil {
		return err
	}
	defer bus.Close()
	x, err := s.upToDate(ctx, bus)
	if err != nil {
		return err
	}
	defer x.Close()
	ask := map[string]func(context.Context, *index.Index) error{"releases": s.releases, "quotes": s.quotes, "people": s.people}[s.mode]
	err = ask(ctx, x)
	if schemas.KindOf(err) == schemas.KindStorage && x.CatchUp(ctx, bus, 0) == nil { // a damaged file is made anew
		err = ask(ctx, x)
	}
	return err
}

func (s *search) releases(ctx context.Context, x *index.Index) error {
	c := s.cmd
	page, err := x.Search(ctx, index.Query{
		Text: s.words, Speaker: c.String("speaker"), Person: c.String("person"), Role: c.String("role"), Credit: c.String("credit"),
		Source: c.String("source"), State: c.String("state"), Type: c.String("type"), From: c.String("from"), To: c.String("to"),
		Order: c.String("order"), After: c.String("after"), Limit: c.Int("limit"),
	})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeLine(s.stdout, page)
	}
	for i := range page.Hits {
		s.hit(s.stdout, &page.Hits[i])
	}
	s.sum(len(page.Hits), page.Total, page.AtLeast, page.Next)
	return nil
}

// hit prints a release that was found: a line, the part of the text, and where to go on.
func (s *search) hit(w io.Writer, h *index.Hit) {
	day := "          "
	if len(h.Published) >= len(time.DateOnly) {
		day = h.Published[:len(time.DateOnly)]
	}
	title := oneLine(h.Title)
	if s.style.width > 0 {
		title = shorten(title, max(s.style.width-len(day)-4-max(len(h.Source), 16), 10))
	}
	fmt.Fprintf(w, "%s  %-16s  %s\n", s.style.date(day), h.Source, s.style.bold(title))
	if h.Snippet != "" {
		fmt.Fprintf(w, "  %s\n", s.marked(h.Snippet, h.Marks))
	}
	about := []string{h.ID}
	if h.Revision > 1 || h.Type != "published" {
		about = append(about, fmt.Sprintf("%s, revision %d", h.Type, h.Revision))
	}
	about = append(about, plural(h.Quotes, "quote"), people(h.People))
	fmt.Fprintf(w, "  %s\n", s.style.faint(strings.Join(about, " · ")))
}

// marked paints the marks of a snippet; without colours they stand in brackets.
func (s *search) marked(snippet string, marks []index.Span) string {
	runes, at := []rune(snippet), 0
	var b strings.Builder
	for _, m := range marks {
		b.WriteString(string(runes[at:m.Start]))
		part := string(runes[m.Start:m.End])
		if s.style.on {
			b.WriteString(s.style.date(part))
		} else {
			b.WriteString("[" + part + "]")
		}
		at = m.End
	}
	return b.String() + string(runes[at:])
}

func (s *search) quotes(ctx context.Context, x *index.Index) error {
	c := s.cmd
	page, err := x.Quotes(ctx, index.QuoteQuery{
		Text: s.words, Speaker: c.String("speaker"), Key: c.String("key"), Source: c.String("source"), State: c.String("state"),
		From: c.String("from"), To: c.String("to"), After: c.String("after"), Limit: c.Int("limit"),
	})
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeLine(s.stdout, page)
	}
	for _, q := range page.Quotes {
		who := s.style.faint("nobody named")
		if q.Speaker != "" {
			who = s.style.person(q.Speaker) + strings.Join(append([]string{""}, append(nonEmpty(q.Roles...), nonEmpty(q.Organisation)...)...), ", ")
		}
		fmt.Fprintf(s.stdout, "%s\n  — %s\n  %s\n", s.style.quote("„"+oneLine(q.Text)+"“"), oneLine(who),
			s.style.faint(strings.Join(nonEmpty(q.Published, q.Source, q.Release, q.SpeakerKey), " · ")))
	}
	s.sum(len(page.Quotes), page.Total, page.AtLeast, page.Next)
	return nil
}

func (s *search) people(ctx context.Context, x *index.Index) error {
	if s.words == "" {
		return usagef("search --people wants a name or its beginning")
	}
	list, err := x.People(ctx, s.words, s.cmd.Int("limit"))
	if err != nil {
		return err
	}
	if s.cmd.Bool("json") {
		return writeLine(s.stdout, struct {
			People []index.Person `json:"people"`
		}{list})
	}
	for _, h := range list {
		roles := h.Roles[:min(len(h.Roles), 3)]
		fmt.Fprintf(s.stdout, "%s\n  %s\n", s.style.person(h.Name)+strings.Join(append([]string{""}, roles...), ", "), s.style.faint(strings.Join(nonEmpty(
			h.Key, plural(h.Releases, "release"), plural(h.Quotes, "quote"), span(h.First, h.Last), strings.Join(h.Sources, ", ")), " · ")))
	}
	s.sum(len(list), len(list), false, "")
	return nil
}

// span is the days between which somebody was named.
func span(first, last string) string {
	if first == last {
		return first
	}
	return first + " to " + last
}

// sum says on standard error how much was found and how to go on.
func (s *search) sum(shown, total int, atLeast bool, next string) {
	if total == 0 {
		fmt.Fprintln(s.stderr, "nothing found")
		return
	}
	of := fmt.Sprint(total)
	if atLeast {
		of = "at least " + of
	}
	line := fmt.Sprintf("%d of %s", shown, of)
	if next != "" {
		line += "; for more: --after " + next
	}
	fmt.Fprintln(s.stderr, line)
}
