package probe

import (
	_ "embed"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed words.txt
var wordList string

// late is an expression that is compiled when it is first used: most commands look at no site.
func late(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

type word struct {
	weight int
	part   string
}

// words is words.txt. A line that is none panics: it is a defect of the table, which the tests would find first.
var words = sync.OnceValue(func() (list []word) {
	for line := range strings.Lines(wordList) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		n, part, _ := strings.Cut(line, " ")
		weight, err := strconv.Atoi(n)
		if err != nil {
			panic("words.txt: " + line)
		}
		list = append(list, word{weight, strings.TrimSpace(part)})
	}
	return list
})

// longestName is how long a name is, in characters; what is longer is a headline.
const longestName = 50

// promise says how much a name speaks of press releases; 0: nothing, below: of something else.
func promise(name string) int {
	best, worst := 0, 0
	name = strings.ToLower(oneLine(name))
	if len([]rune(name)) > longestName {
		return 0
	}
	for _, w := range words() {
		if strings.Contains(name, w.part) {
			best, worst = max(best, w.weight), min(worst, w.weight)
		}
	}
	if worst < 0 {
		return worst
	}
	return best
}

// folder is promise for an address: what its last folders say, a little less than a name that is printed.
func folder(u *url.URL) int {
	segments := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	best := 0
	for i, s := range segments[max(0, len(segments)-3):] {
		s = strings.NewReplacer("-", " ", "_", " ", "+", " ", ".", " ").Replace(s)
		w := promise(s)
		if w < 0 && i == len(segments)-1 {
			return w
		}
		best = max(best, w)
	}
	if strings.HasPrefix(u.Hostname(), "presse.") || strings.Contains(u.Hostname(), "presse-service") {
		best = max(best, 9)
	}
	return max(0, best-1)
}
