// Command mutate changes every number of the readers' limits.go files by a lot, one at a time, and prints which changes no test
// notices. A survivor is not a wrong number: it is one that any edit may change unnoticed.
//
//	go run ./internal/mutate                     every limits.go below parser/
//	go run ./internal/mutate -only page          those of packages with "page" in their path
//	go run ./internal/mutate -pages DIR          count the records of the pages in DIR that change, too
//	go run ./internal/mutate -budget 8           exit with 1 when more numbers survive
//
// Nothing in the working tree is touched: the changed file is laid over it (go help build, -overlay).
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	only := flag.String("only", "", "only packages whose path holds this")
	pages := flag.String("pages", "", "directory of stored pages whose records are counted")
	budget := flag.Int("budget", -1, "numbers that may survive; -1 for any")
	notests := flag.Bool("notests", false, "count records only")
	flag.Parse()
	if err := run(*only, *pages, *budget, *notests); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(only, pages string, budget int, notests bool) error {
	files, err := limitFiles("parser")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c := &campaign{dir: dir, pages: pages, notests: notests}
	if pages != "" {
		if c.records, err = c.read(""); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "package\tnumber\tvalue\thalved: noticed\thalved: records\tdoubled: noticed\tdoubled: records (of %d)\n", len(c.records))
	total, survived := 0, 0
	for _, f := range files {
		if !strings.Contains(f, only) {
			continue
		}
		ms, err := mutations(f)
		if err != nil {
			return err
		}
		for _, m := range ms {
			half, double, err := c.both(m)
			if err != nil {
				return err
			}
			total++
			if !half.noticed || !double.noticed {
				survived++
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%v\t%d\t%v\t%d\n", filepath.Base(filepath.Dir(f)), m.name, m.value, half.noticed, half.records, double.noticed, double.records)
			out.Flush()
		}
	}
	fmt.Fprintf(out, "%d numbers, %d survive a change\n", total, survived)
	if budget >= 0 && survived > budget {
		return errors.New("more numbers survive than the budget allows")
	}
	return nil
}

// limitFiles are the limits.go below dir.
func limitFiles(dir string) (files []string, err error) {
	err = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == "limits.go" {
			files = append(files, path)
		}
		return err
	})
	return files, err
}
