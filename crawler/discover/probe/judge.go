package probe

import (
	"fmt"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// What a source must show to be called verified.
const (
	enoughReleases = 5
	releaseShare   = 0.6 // of the pages that were asked for, releases
	dateShare      = 0.8 // of the n.releases, with a date of publication
	textShare      = 0.8 // with some text
	alikeShare     = 0.5 // with one title: the same page under many addresses
)

// Verified is the state of a source whose releases were read.
const Verified = source.Verified

// Judge says whether a source works, by what was read from its pages: enough releases with title, date and text, and no page of another
// kind taken for one. Listed is how many pages its lists and feeds name.
func Judge(listed int, read []Sample) (state, reason string) {
	n := count(read)
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	switch {
	case listed == 0:
		return Found, "its lists and feeds name no page"
	case len(read) == 0:
		return Found, "no page could be asked for"
	case share(n.releases, len(read)) < releaseShare:
		return Found, fmt.Sprintf("%d of %s are releases%s", n.releases, plural(len(read), "page"), n.because)
	case n.most > 1 && share(n.most, n.releases) >= alikeShare:
		return Found, fmt.Sprintf("%d of %s have one title, “%s”: a list or a notice was taken for a release",
			n.most, plural(n.releases, "release"), shorten(n.title, 60))
	case n.releases < enoughReleases:
		return Found, fmt.Sprintf("%s with a title, %d are wanted%s", plural(n.releases, "release"), enoughReleases, n.because)
	case share(n.dates, n.releases) < dateShare:
		return Found, fmt.Sprintf("%d of %s have a date", n.dates, plural(n.releases, "release"))
	case share(n.texts, n.releases) < textShare:
		return Found, fmt.Sprintf("%d of %s have a text", n.texts, plural(n.releases, "release"))
	}
	return Verified, fmt.Sprintf("%s read: title in all, date in %d, text in %d", plural(n.releases, "release"), n.dates, n.texts)
}

// tally is what was read, counted.
type tally struct {
	releases, dates, texts int
	most                   int // releases with one title
	title, because         string
}

func count(read []Sample) (n tally) {
	titles := map[string]int{}
	for _, s := range read {
		if s.Error != "" {
			n.because = ": " + s.Error
		}
		if s.Error != "" || s.Title == "" {
			continue
		}
		n.releases++
		if titles[s.Title]++; titles[s.Title] > n.most {
			n.most, n.title = titles[s.Title], s.Title
		}
		if s.Published != "" {
			n.dates++
		}
		if s.Letters >= sampleLetters {
			n.texts++
		}
	}
	return n
}
