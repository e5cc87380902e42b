package pubdate

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/lazy"
	"github.com/kreispresse/kreispresse/parser/internal/page"
)

var (
	pathDate  = lazy.MustCompile(`(?:^|[/_~.-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?:$|[/_.-])`)
	pathGerm  = lazy.MustCompile(`(?:^|[/_~-])(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?:$|[/_.-])`)
	pathDense = lazy.MustCompile(`(?:^|/)(?:[\pL_-]{0,12})((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:$|[/_.-]|[\pL])`)
	yearPath  = lazy.MustCompile(`/\pL*(20\d\d)/`)
	dayMonth  = lazy.MustCompile(`\pL_(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\.\pL+$`)
	shortDate = lazy.MustCompile(`/(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[_-]`)
)

// addressed reads a date in the path of the page's address: /2021/03/12/, 2021-03-12, 12-03-2021, 20210312 at the head of a segment, and, below
// a directory of the year, 210312_ or name_1203.php. The query is left out: its numbers are ids.
func addressed(p *page.Page) []stated {
	if p.URL == nil {
		return nil
	}
	path := p.URL.Path
	if len(path) > 1000 {
		return nil
	}
	if i := strings.Index(path, ";"); i >= 0 { // session ids
		path = path[:i]
	}
	pick := func(m []string, y, mo, d int) []stated {
		if m == nil {
			return nil
		}
		if x, ok := dayOn(century(m[y]), number(m[mo]), number(m[d])); ok {
			return []stated{{x, "url"}}
		}
		return nil
	}
	for _, s := range [][]stated{
		pick(pathDate.FindStringSubmatch(path), 1, 2, 3),
		pick(pathGerm.FindStringSubmatch(path), 3, 2, 1),
		pick(pathDense.FindStringSubmatch(path), 1, 2, 3),
	} {
		if s != nil {
			return s
		}
	}
	if y := yearPath.FindStringSubmatch(path); y != nil {
		if m := dayMonth.FindStringSubmatch(path); m != nil {
			return pick([]string{"", m[1], m[2], y[1]}, 3, 2, 1)
		}
		if m := shortDate.FindStringSubmatch(path); m != nil && y[1][2:] == m[1] {
			return pick(m, 1, 2, 3)
		}
	}
	return nil
}
