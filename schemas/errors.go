package schemas

import (
	"encoding/json"
	"errors"
	"strings"
)

// Kind says what sort of thing went wrong, so that callers and tests can act on it without reading messages.
type Kind string

// The kinds of errors.
const (
	KindInvalid     Kind = "invalid"     // bad input by the user: flags, files, sources
	KindNotFound    Kind = "not_found"   // the thing named does not exist
	KindNotHTML     Kind = "not_html"    // the bytes are no HTML page
	KindEmpty       Kind = "empty"       // nothing to read
	KindTooLarge    Kind = "too_large"   // over a limit
	KindNoRelease   Kind = "no_release"  // a page, but no press release: a listing, a challenge, an error page
	KindUnavailable Kind = "unavailable" // a server does not answer or refuses
	KindConflict    Kind = "conflict"    // somebody else changed it first
	KindLocked      Kind = "locked"      // another process holds it
	KindStorage     Kind = "storage"     // disk full, read-only, corrupt
	KindPolicy      Kind = "policy"      // robots.txt or the private-network guard forbids it
	KindInternal    Kind = "internal"
)

// Kinds are all of them.
var Kinds = []Kind{
	KindInvalid, KindNotFound, KindNotHTML, KindEmpty, KindTooLarge, KindNoRelease, KindUnavailable, KindConflict, KindLocked, KindStorage, KindPolicy,
	KindInternal,
}

// Error is an error with the operation, the thing concerned, and what to do next.
type Error struct {
	Op    string // e.g. "crawl"
	Kind  Kind
	Thing string // the file, URL, source, …
	Hint  string // the way out, in the imperative
	Err   error  // cause
}

func (e *Error) Error() string {
	var parts []string
	for _, s := range []string{e.Op, e.Thing} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	} else if e.Kind != "" {
		parts = append(parts, strings.ReplaceAll(string(e.Kind), "_", " "))
	}
	s := strings.Join(parts, ": ")
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// errorJSON is the JSON form of an Error: {"op", "kind", "thing", "hint", "message"}; what is empty is absent. The message is the cause
// in words, without op, thing and hint.
type errorJSON struct {
	Op      string `json:"op,omitempty"`
	Kind    Kind   `json:"kind"`
	Thing   string `json:"thing,omitempty"`
	Hint    string `json:"hint,omitempty"`
	Message string `json:"message"`
}

// MarshalJSON writes the JSON form.
func (e *Error) MarshalJSON() ([]byte, error) {
	x := errorJSON{Op: e.Op, Kind: e.Kind, Thing: e.Thing, Hint: e.Hint}
	if x.Kind == "" {
		x.Kind = KindInternal
	}
	if x.Message = strings.ReplaceAll(string(x.Kind), "_", " "); e.Err != nil {
		x.Message = e.Err.Error()
	}
	return json.Marshal(x)
}

// UnmarshalJSON reads the JSON form. The cause is its message only; its type is lost.
func (e *Error) UnmarshalJSON(b []byte) error {
	var x errorJSON
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	*e = Error{Op: x.Op, Kind: x.Kind, Thing: x.Thing, Hint: x.Hint, Err: errors.New(x.Message)}
	return nil
}

// KindOf is the Kind of the outermost Error in err's chain, KindInternal when there is none, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}
