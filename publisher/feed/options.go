package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Start is where a subscriber begins that has no cursor.
type Start string

// Where to begin.
const (
	Now        Start = ""           // with the next event that is published
	Present    Start = "present"    // with the newest event of each release, then live
	Everything Start = "everything" // with the first event there is
)

// Options say what is wanted. The zero value is everything that is published from now on.
type Options struct {
	State  string // only this Land, by its two-letter code
	Source string // only the source with this id
	// Types are the events that are wanted, by their short names ("corrected"); empty: all. Whoever keeps releases wants withdrawn and erased.
	Types []string

	Start Start
	From  uint64 // the cursor: the sequence to start at, one more than that of the last event that was dealt with. Excludes Start and Name

	// Name makes the broker remember how far the subscriber is. What it remembers belongs to the filter and the start: both are part of the name
	// that the broker knows, see Durable, so that a changed filter begins anew instead of silently leaving out the past.
	Name string

	// Segments is the place of an archive, a directory or an http address: what it has is read from there. Goes with Everything and From.
	Segments string

	NATS    []nats.Option // credentials, certificates, an inbox prefix
	AckWait time.Duration // with Name: after which time without a sign of life an event is given to somebody else; default 1 min
}

var aName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// check completes the options, or says what is wrong with them.
func (o *Options) check() error {
	if err := o.checkPart(); err != nil {
		return err
	}
	if o.AckWait <= 0 {
		o.AckWait = time.Minute
	}
	return o.checkStart()
}

// checkPart looks at which events are wanted.
func (o *Options) checkPart() error {
	if o.Source != "" {
		if err := schemas.CheckToken(o.Source); err != nil {
			return invalid("source", err)
		}
	}
	if o.State != "" {
		if err := schemas.CheckState(o.State); err != nil {
			return invalid("state", err)
		}
		o.State = strings.ToUpper(o.State)
	}
	o.Types = slices.Clone(o.Types)
	for i, t := range o.Types {
		if full, ok := schemas.EventTypes[t]; ok {
			o.Types[i] = full
		} else if !strings.HasPrefix(t, "de.kreispresse.") {
			return invalid("type", fmt.Errorf("%q is none of published, corrected, reextracted, withdrawn, erased", t))
		}
	}
	slices.Sort(o.Types)
	return nil
}

// checkStart looks at where the subscriber begins.
func (o *Options) checkStart() error {
	switch {
	case !slices.Contains([]Start{Now, Present, Everything}, o.Start):
		return invalid("start", fmt.Errorf("%q is none of Now, Present, Everything", o.Start))
	case o.From > 0 && (o.Start != Now || o.Name != ""):
		return invalid("from", fmt.Errorf("a cursor of one's own excludes a start and a name: whoever has a name has the broker remember"))
	case o.Segments != "" && o.From == 0 && o.Start != Everything:
		return invalid("segments", fmt.Errorf("an archive is read from the beginning (Everything) or from a cursor (From)"))
	case o.Name != "" && !aName.MatchString(o.Name):
		return invalid("name", fmt.Errorf("%q: letters, digits, - and _, at most 64", o.Name))
	}
	return nil
}

// Durable is the name under which the broker remembers a subscriber: Name, and a hash of what is wanted and of where it began. "" without Name.
func (o Options) Durable() string {
	if o.Name == "" || o.check() != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(append([]string{o.subject(), string(o.Start)}, o.Types...), "\n")))
	return o.Name + "-" + hex.EncodeToString(sum[:4])
}

func (o *Options) subject() string { return schemas.ReleaseFilter(o.State, o.Source) }

// wants reports whether an event of the right subject is of a type that is wanted.
func (o *Options) wants(ev *schemas.Event) bool {
	return len(o.Types) == 0 || slices.Contains(o.Types, ev.Type)
}
