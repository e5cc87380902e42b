package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/schemas"
	"github.com/urfave/cli/v3"
)

func (p *program) parseCommand() *cli.Command {
	return &cli.Command{
		Name:      "parse",
		Usage:     "read releases from stored pages; offline, starts no server",
		ArgsUsage: "FILE|DIR|-",
		Description: "A page NAME.html may have a NAME.meta.json beside it, {\"url\", \"fetched_at\", \"content_type\"}: what the HTTP response told.\n" +
			"A directory stands for every *.html in it, in name order. Without an address, id and url of the record are those of the page's\n" +
			"canonical link, if it has one.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "url", Usage: "the page was fetched from `URL`"},
			&cli.BoolFlag{Name: "jsonl", Usage: `one line a page: {"file", "record"} or {"file", "error"}`},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("parse wants one FILE, DIR or - (see: kreispresse parse --help)")
			}
			return p.parse(ctx, cmd.Args().First(), cmd.String("url"), cmd.Bool("jsonl"))
		},
	}
}

func (p *program) parse(ctx context.Context, name, url string, jsonl bool) error {
	pages, err := p.storedPages()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(p.stdout, 1<<16)
	defer out.Flush()
	if info, err := os.Stat(name); name != "-" && err == nil && info.IsDir() {
		if url != "" {
			return usagef("--url goes with one page, %s is a directory (give each page a NAME.meta.json)", name)
		}
		files, err := filepath.Glob(filepath.Join(globEscape(name), "*.html"))
		if err != nil || len(files) == 0 {
			return invalid("parse", name, "a directory wants files named *.html", errors.New("no pages"))
		}
		slices.Sort(files)
		return p.parseAll(ctx, out, pages, files)
	}
	s, err := pages.read(name, url)
	if err != nil {
		if jsonl {
			return errors.Join(writeLine(out, parsed{File: name, Error: oneLine(err.Error())}), errReported)
		}
		return err
	}
	r, err := parser.Parse(s)
	switch {
	case jsonl && err != nil:
		return errors.Join(writeLine(out, parsed{File: name, Error: oneLine(err.Error())}), errReported)
	case jsonl:
		return writeLine(out, parsed{File: name, Record: r})
	case err != nil:
		return named(err, name)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
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

func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// parseAll parses the files on all cores and prints their lines in order.
func (p *program) parseAll(ctx context.Context, out io.Writer, pages *storedPages, files []string) error {
	type job struct {
		file string
		done chan parsed
	}
	jobs := make(chan job)
	queue := make(chan job, 4*runtime.GOMAXPROCS(0)) // bounds how many results wait for their turn
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for j := range jobs {
				j.done <- parseFile(pages, j.file)
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
			case <-ctx.Done():
				return
			}
			jobs <- j
		}
	}()
	failed, done := 0, 0
	var broken error
	for j := range queue { // drained to the end even when stdout is closed, so that no worker is left behind
		line := <-j.done
		done++
		if line.Error != "" {
			failed++
		}
		if broken == nil {
			broken = writeLine(out, line)
		}
	}
	if err := errors.Join(broken, ctx.Err()); err != nil {
		return err
	}
	if failed > 0 {
		fmt.Fprintf(p.stderr, "kreispresse: parse: %d of %d pages gave no release; their lines say why\n", failed, done)
		return errReported
	}
	return nil
}

func parseFile(pages *storedPages, file string) parsed {
	s, err := pages.read(file, "")
	if err != nil {
		return parsed{File: file, Error: oneLine(err.Error())}
	}
	r, err := parser.Parse(s)
	if err != nil {
		return parsed{File: file, Error: oneLine(named(err, file).Error())}
	}
	return parsed{File: file, Record: r}
}

// globEscape keeps a directory's own brackets and stars from being read as a pattern.
func globEscape(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
