package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) parseCommand() *cli.Command {
	return &cli.Command{
		Name:      "parse",
		Usage:     "read releases from stored pages; offline, starts no server",
		ArgsUsage: "FILE|DIR|-…",
		Description: "One FILE gives its record as indented JSON; several, or a directory, one line a page. A directory stands for every *.html and *.htm\n" +
			"in it and below, in the order of their names. A page NAME.html may have a NAME.meta.json beside it, {\"url\", \"fetched_at\",\n" +
			"\"content_type\"}: what the HTTP response told.\n\n" +
			"The source of a page is the one on whose site its address lies, else \"unknown\", or what --source says; id is made of source and\n" +
			"address. A page without an address gets that of its canonical link. If it has none, url and canonical_url are absent, and id is made\n" +
			"of the page's bytes (sha256): the same page has the same id, two pages never share one." + examples(
			"kreispresse parse page.html --url https://www.kreis-dueren.de/presse/2026/page.php",
			"kreispresse parse pages/ more/*.html > records.jsonl",
			"curl -s https://… | kreispresse parse - --source kreis-dueren --url https://…",
		),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "url", Usage: "the page was fetched from `URL`"},
			sourceFlag(),
			&cli.BoolFlag{Name: "jsonl", Usage: `one line a page: {"file", "record"} or {"file", "error"}`},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() == 0 {
				return usagef("parse wants a FILE, a DIR or - (see: kreispresse parse --help)")
			}
			return p.parse(ctx, cmd.Args().Slice(), cmd.String("url"), cmd.String("source"), cmd.Bool("jsonl"))
		},
	}
}

// sourceFlag names the source of stored pages.
func sourceFlag() cli.Flag {
	return &cli.StringFlag{Name: "source", Usage: "the page is of the source with this `ID`: the record gets the id it has in the feed"}
}

func (p *program) parse(ctx context.Context, names []string, url, source string, jsonl bool) error {
	pages, err := p.storedPages(source)
	if err != nil {
		return err
	}
	files, folder, err := storedFiles(names)
	if err != nil {
		return err
	}
	if url != "" && (folder || len(files) > 1) {
		return usagef("--url goes with one page (give each page a NAME.meta.json)")
	}
	out := bufio.NewWriterSize(p.stdout, 1<<16)
	if folder || len(files) > 1 {
		return errors.Join(p.parseAll(ctx, out, pages, files), out.Flush())
	}
	r, err := pages.parse(files[0], url)
	switch {
	case jsonl && err != nil:
		return errors.Join(writeLine(out, parsed{File: files[0], Error: oneLine(err.Error())}), out.Flush(), errReported)
	case jsonl:
		return errors.Join(writeLine(out, parsed{File: files[0], Record: r}), out.Flush())
	case err != nil:
		return err
	}
	return errors.Join(writeJSON(out, r, "  "), out.Flush())
}

// parse reads the release of a stored page. What the schema does not allow, such as a text without a title, is an error.
func (r *storedPages) parse(file, url string) (*schemas.Release, error) {
	s, err := r.read(file, url)
	if err != nil {
		return nil, err
	}
	rel, err := parser.Parse(s)
	if err != nil {
		return nil, named(err, file)
	}
	b, err := json.Marshal(rel)
	if err == nil {
		err = schemas.Validate(b)
	}
	if err != nil {
		return nil, &schemas.Error{Op: "parse", Kind: schemas.KindNoRelease, Thing: file, Err: err, Hint: "the page gives no valid record"}
	}
	return rel, nil
}

// named makes an error of the parser speak of the file when the page has no URL.
func named(err error, file string) error {
	if e, ok := errors.AsType[*schemas.Error](err); ok && e.Thing == "" {
		c := *e
		c.Thing = file
		return &c
	}
	return err
}

// parsed is one line of parse --jsonl.
type parsed struct {
	File   string           `json:"file"`
	Record *schemas.Release `json:"record,omitempty"`
	Error  string           `json:"error,omitempty"`
}

// parseAll parses the files on all cores and prints their lines in order. It ends early only when ctx does or nobody takes the lines.
func (p *program) parseAll(ctx context.Context, out io.Writer, pages *storedPages, files []string) error {
	type job struct {
		file string
		done chan parsed
	}
	work, stop := context.WithCancel(ctx)
	defer stop()
	jobs := make(chan job)
	queue := make(chan job, 4*runtime.GOMAXPROCS(0)) // bounds how many results wait for their turn
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for j := range jobs {
				j.done <- pages.line(j.file)
			}
		}()
	}
	go func() {
		defer close(jobs)
		defer close(queue)
		for _, f := range files {
			j := job{f, make(chan parsed, 1)}
			select {
			case queue <- j:
			case <-work.Done():
				return
			}
			jobs <- j
		}
	}()
	bar := p.progress()
	defer bar.done()
	failed, done := 0, 0
	var broken error
	for j := range queue { // drained to the end even when stdout is closed, so that no worker is left behind
		line := <-j.done
		done++
		if line.Error != "" {
			failed++
		}
		bar.show("%d of %d pages, %d without a release · %s", done, len(files), failed, j.file)
		if broken == nil {
			if broken = writeLine(out, line); broken != nil {
				stop()
			}
		}
	}
	bar.done()
	if err := errors.Join(broken, ctx.Err()); err != nil {
		return err
	}
	if failed > 0 {
		fmt.Fprintf(p.stderr, "kreispresse: parse: %d of %s gave no release; their lines say why\n", failed, plural(done, "page"))
		return errReported
	}
	return nil
}

func (r *storedPages) line(file string) parsed {
	rel, err := r.parse(file, "")
	if err != nil {
		return parsed{File: file, Error: oneLine(err.Error())}
	}
	return parsed{File: file, Record: rel}
}
