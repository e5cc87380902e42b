package schemas

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

// Relation is what a release that was just read is to the current event of its subject.
type Relation string

// The relations, see Relate.
const (
	RelationNew         Relation = "new"         // there is none, or it was erased: publish
	RelationReturned    Relation = "returned"    // it was withdrawn and is back: publish again
	RelationUnchanged   Relation = "unchanged"   // says the same
	RelationOlder       Relation = "older"       // read from a snapshot archived before that of the current revision
	RelationReextracted Relation = "reextracted" // the same bytes, read differently by another version of the parser
	RelationCorrected   Relation = "corrected"   // keeps part of what it said
	RelationReplaced    Relation = "replaced"    // says something entirely different: not believed at once
)

// Relate says what r is to cur, which is nil when nothing was ever published on r's subject. The order of two readings is that of
// their snapshots in PRESS_RAW, never that of clocks; a reading without a sequence (of a store older than it) is older than any with.
func Relate(cur *Event, r *Release) Relation {
	switch {
	case cur == nil || cur.Release == nil || cur.Type == EventErased:
		return RelationNew
	case r.Provenance.RawSequence < cur.Release.Provenance.RawSequence:
		return RelationOlder
	case cur.Type == EventWithdrawn:
		return RelationReturned
	case ContentHash(cur.Release) == ContentHash(r):
		return RelationUnchanged
	case r.Provenance.Snapshot != "" && r.Provenance.Snapshot == cur.Release.Provenance.Snapshot && r.CanonicalURL == cur.Release.CanonicalURL:
		return RelationReextracted
	case Keeps(cur.Release, r):
		return RelationCorrected
	}
	return RelationReplaced
}

// keptShare is the least share of the old sentences that a correction keeps, when it does not keep the title: a page that an error, a
// list or another article stands in for keeps none (docs/adr/0011).
const keptShare = 5 // one in five

// Keeps reports whether b keeps part of what a said: a fifth of its sentences; or its title, unless the text was lost at the same
// time (no sentence kept and less than half as much to read, as in a template that prints an error under the old headline).
func Keeps(a, b *Release) bool {
	old, now := sentences(a.Text), map[string]bool{}
	for _, s := range sentences(b.Text) {
		now[s] = true
	}
	kept := 0
	for _, s := range old {
		if now[s] {
			kept++
		}
	}
	if kept > 0 && kept*keptShare >= len(old) {
		return true
	}
	lost := kept == 0 && len(old) > 0 && 2*len(b.Text) < len(a.Text)
	return sameTitle(a.Title, b.Title) && !lost
}

// SaysTheSame reports whether two records of different pages are the same release: one title, and nearly the same text. It decides
// whether a page is another address of a release and whether a release has moved.
func SaysTheSame(a, b *Release) bool {
	old, now := sentences(a.Text), sentences(b.Text)
	if len(old) == 0 || len(now) == 0 {
		return len(old) == len(now) && sameTitle(a.Title, b.Title)
	}
	in := map[string]bool{}
	for _, s := range old {
		in[s] = true
	}
	common := 0
	for _, s := range now {
		if in[s] {
			common++
		}
	}
	enough := 4 * max(len(old), len(now)) / 5
	if sameTitle(a.Title, b.Title) {
		enough = max(len(old), len(now)) / 2
	}
	return common >= max(enough, 1)
}

func sameTitle(a, b string) bool {
	x, y := words(a), words(b)
	return x != "" && x == y
}

// words is a text as its letters and figures, in lower case, one blank between two words: what a typesetter changes is gone.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// minSentence is the least number of letters and figures of a sentence that counts as something said: "Foto: Kreis" and "Mehr" are
// in every frame.
const minSentence = 20

// sentences cuts a text at line ends and at full stops, question and exclamation marks before a blank. It need not be German
// grammar, only the same for two revisions of one text.
func sentences(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		rest := line
		for rest != "" {
			end := len(rest)
			for i := 0; i+1 < len(rest); i++ {
				if strings.IndexByte(".!?", rest[i]) >= 0 && rest[i+1] == ' ' {
					end = i + 1
					break
				}
			}
			if s := words(rest[:end]); len(s) >= minSentence {
				list = append(list, s)
			}
			rest = rest[end:]
		}
	}
	if len(list) == 0 {
		if s := words(text); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// Fingerprint is one word for what a page says, the same for all addresses of a source that show the same: its words, without
// punctuation, dates and people. Pages of different addresses with one fingerprint are another address of a release, or the page that a server
// shows instead of all of them.
func Fingerprint(r *Release) string {
	sum := sha256.Sum256([]byte(words(r.Title) + "\x00" + words(r.Text)))
	return hex.EncodeToString(sum[:16])
}
