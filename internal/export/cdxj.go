package export

import (
	"bufio"
	"container/heap"
	"errors"
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// sortMemory is how many bytes of lines are sorted in memory before they go to a file.
const sortMemory = 8 << 20

// sorter sorts lines in bounded memory: what is full is sorted and put aside in a file, at the end all files are merged.
type sorter struct {
	dir   string
	lines []string
	size  int
	files []*os.File
}

// add takes a line without its end.
func (s *sorter) add(line string) error {
	s.lines = append(s.lines, line)
	if s.size += len(line) + 16; s.size < sortMemory {
		return nil
	}
	return s.putAside()
}

func (s *sorter) putAside() error {
	f, err := os.CreateTemp(s.dir, "kreispresse-sort-*")
	if err != nil {
		return storageError(s.dir, err)
	}
	s.files = append(s.files, f)
	slices.Sort(s.lines)
	w := bufio.NewWriterSize(f, 1<<18)
	for _, line := range s.lines {
		w.WriteString(line)
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil {
		return storageError(f.Name(), err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return storageError(f.Name(), err)
	}
	clear(s.lines)
	s.lines, s.size = s.lines[:0], 0
	return nil
}

// each calls fn for every line, in order.
func (s *sorter) each(fn func(line string) error) error {
	slices.Sort(s.lines)
	var h merge
	for _, f := range s.files {
		if err := h.take(source{r: bufio.NewReaderSize(f, 1<<16)}); err != nil {
			return err
		}
	}
	if err := h.take(source{rest: s.lines}); err != nil {
		return err
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := fn(h[0].line); err != nil {
			return err
		}
		switch err := h[0].next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&h)
		case err != nil:
			return err
		default:
			heap.Fix(&h, 0)
		}
	}
	return nil
}

// discard removes the files.
func (s *sorter) discard() {
	for _, f := range s.files {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	s.files, s.lines = nil, nil
}

// source gives the lines of one sorted file, or those in memory.
type source struct {
	line string
	r    *bufio.Reader
	rest []string
}

// next moves to the next line, io.EOF at the end.
func (s *source) next() (err error) {
	if s.r == nil {
		if len(s.rest) == 0 {
			return io.EOF
		}
		s.line, s.rest = s.rest[0], s.rest[1:]
		return nil
	}
	if s.line, err = s.r.ReadString('\n'); err != nil {
		return err
	}
	s.line = strings.TrimSuffix(s.line, "\n")
	return nil
}

// merge is a heap of sources by their present line.
type merge []source

func (h merge) Len() int           { return len(h) }
func (h merge) Less(i, j int) bool { return h[i].line < h[j].line }
func (h merge) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *merge) Push(x any)        { *h = append(*h, x.(source)) }
func (h *merge) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// take adds a source that has a line.
func (h *merge) take(s source) error {
	err := s.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		*h = append(*h, s)
	}
	return err
}

// www is what is left away before a host: www., www2., …
var www = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(https?://)www\d*\.`) })

// surt is the key of an address in an index: the host turned round, so that what belongs together stands together, all in lower case,
// without www., the parameters of the query sorted. It is what warcio.js makes and replayweb.page looks for.
func surt(address string) string {
	u, err := url.Parse(strings.ToLower(www().ReplaceAllString(address, "$1")))
	if err != nil || u.Host == "" {
		return address
	}
	labels := strings.Split(u.Hostname(), ".")
	slices.Reverse(labels)
	key := strings.Join(labels, ",")
	if port := u.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		key += ":" + port
	}
	key += ")" + u.EscapedPath()
	if u.Path == "" {
		key += "/"
	}
	if u.RawQuery != "" {
		parameters := strings.Split(u.RawQuery, "&")
		slices.Sort(parameters)
		key += "?" + strings.Join(parameters, "&")
	}
	return key
}
