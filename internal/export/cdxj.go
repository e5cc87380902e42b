package export

import (
	"bufio"
	"container/heap"
	"errors"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
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

// surt is the key of an address in an index: the host turned round, so that what belongs together stands together, all in lower case,
// without www., the query sorted by name. It is what replayweb.page looks for.
func surt(address string) string {
	low := strings.ToLower(address)
	for _, scheme := range []string{"http://", "https://"} {
		if rest, ok := strings.CutPrefix(low, scheme); ok {
			if host, ok := strings.CutPrefix(rest, "www"); ok {
				if host = strings.TrimLeft(host, "0123456789"); strings.HasPrefix(host, ".") {
					low = scheme + host[1:]
				}
			}
		}
	}
	u, err := url.Parse(low)
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
		key += "?" + sortedQuery(u.RawQuery)
	}
	return key
}

// sortedQuery is a query sorted by name, encoded as the URL standard encodes forms.
func sortedQuery(query string) string {
	type pair struct{ name, value string }
	var pairs []pair
	for p := range strings.SplitSeq(query, "&") {
		if p == "" {
			continue
		}
		name, value, _ := strings.Cut(p, "=")
		pairs = append(pairs, pair{formDecode(name), formDecode(value)})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(formEncode(p.name) + "=" + formEncode(p.value))
	}
	return b.String()
}

// formDecode undoes percent-encoding where there is some; a broken one stays as it is.
func formDecode(s string) string {
	s = strings.ReplaceAll(s, "+", " ")
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, err := url.PathUnescape(s[i : i+3]); err == nil {
				b.WriteString(c)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// formEncode encodes all but letters, figures and *-._ ; a blank is a plus.
func formEncode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('+')
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("*-._", c) >= 0:
			b.WriteByte(c)
		default:
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
