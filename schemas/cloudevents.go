package schemas

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"
)

// Attributes of CloudEvents 1.0 that an event of PRESS carries. The NATS binding writes them as headers "ce-<name>" (binary mode), the
// JSON format as members of one object (structured mode); both are made from Attributes and nowhere else.
const (
	AttrSpecVersion = "specversion"
	AttrID          = "id"
	AttrType        = "type"
	AttrSource      = "source"
	AttrSubject     = "subject"
	AttrTime        = "time"
	AttrContentType = "datacontenttype"
	AttrDataSchema  = "dataschema"

	// Extension attributes.
	AttrContentHash    = "contenthash"
	AttrRevision       = "revision"
	AttrRawSequence    = "rawsequence"
	AttrRecordedTime   = "recordedtime" // as Time: the event is made when it is recorded
	AttrChanges        = "changes"
	AttrReason         = "reason"
	AttrPreviousParser = "previousparser"

	specVersion = "1.0"
	// ContentTypeJSON is the datacontenttype of every event.
	ContentTypeJSON = "application/json"
)

// Attributes are the attributes that e has, in a fixed order, as their canonical strings.
func (e *Event) Attributes() iter.Seq2[string, string] {
	at := ""
	if !e.Time.IsZero() {
		at = e.Time.UTC().Format(time.RFC3339Nano)
	}
	list := [...][2]string{
		{AttrSpecVersion, specVersion},
		{AttrID, e.ID},
		{AttrType, e.Type},
		{AttrSource, e.Source},
		{AttrSubject, e.Subject},
		{AttrTime, at},
		{AttrContentType, ContentTypeJSON},
		{AttrDataSchema, ReleaseSchemaID},
		{AttrContentHash, e.Hash},
		{AttrRevision, number(uint64(max(e.Revision, 0)))},
		{AttrRawSequence, number(e.RawSequence)},
		{AttrRecordedTime, at},
		{AttrChanges, formatChanges(e.Changes)},
		{AttrReason, e.Reason},
		{AttrPreviousParser, e.PreviousParser},
	}
	return func(yield func(string, string) bool) {
		for _, a := range list {
			if a[1] != "" && !yield(a[0], a[1]) {
				return
			}
		}
	}
}

// EventOf reads an event back from its attributes: get gives the value of one, "" when it is absent. The release is not among them.
func EventOf(get func(name string) string) (*Event, error) {
	switch v := get(AttrSpecVersion); v {
	case specVersion:
	case "":
		return nil, errors.New("no CloudEvent: " + AttrSpecVersion + " is missing")
	default:
		return nil, fmt.Errorf("CloudEvents version %q is not known", v)
	}
	e := &Event{
		ID: get(AttrID), Type: get(AttrType), Source: get(AttrSource), Subject: get(AttrSubject), Hash: get(AttrContentHash),
		Changes: parseChanges(get(AttrChanges)), Reason: get(AttrReason), PreviousParser: get(AttrPreviousParser),
	}
	if e.ID == "" || e.Type == "" || e.Source == "" {
		return nil, errors.New("no CloudEvent: id, type and source are required")
	}
	var err error
	if s := get(AttrTime); s != "" {
		if e.Time, err = time.Parse(time.RFC3339Nano, s); err != nil {
			return nil, fmt.Errorf("%s: %w", AttrTime, err)
		}
	}
	if s := get(AttrRevision); s != "" {
		if e.Revision, err = strconv.Atoi(s); err != nil || e.Revision < 1 {
			return nil, fmt.Errorf("%s: %q is no revision", AttrRevision, s)
		}
	}
	if s := get(AttrRawSequence); s != "" {
		if e.RawSequence, err = strconv.ParseUint(s, 10, 64); err != nil {
			return nil, fmt.Errorf("%s: %q is no sequence", AttrRawSequence, s)
		}
	}
	return e, nil
}

func number(n uint64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

func formatChanges(list []Change) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = c.Field + ":" + c.Class
	}
	return strings.Join(parts, ",")
}

func parseChanges(s string) (list []Change) {
	for part := range strings.SplitSeq(s, ",") {
		if field, class, ok := strings.Cut(part, ":"); ok {
			list = append(list, Change{field, class})
		}
	}
	return list
}

// NextEvent is the event that makes r the newest revision after cur, nil for the first. It sets r.Revision. Revisions are counted on
// for ever, over withdrawals and returns too, so that Source and ID name one event and no other.
func NextEvent(cur *Event, typ string, r *Release, now time.Time) *Event {
	r.Revision = 1
	if cur != nil {
		r.Revision = cur.Revision + 1
	}
	e := &Event{
		ID: r.ID + "/" + strconv.Itoa(r.Revision), Type: typ, Source: "/sources/" + r.Source.ID, Subject: r.ID, Time: now.UTC(),
		Hash: ContentHash(r), Revision: r.Revision, RawSequence: r.Provenance.RawSequence, Release: r,
	}
	if cur != nil && cur.Release != nil && (typ == EventCorrected || typ == EventReextracted) {
		e.Changes = Changes(cur.Release, r)
	}
	if e.Type == EventReextracted && cur != nil && cur.Release != nil {
		e.PreviousParser = cur.Release.Provenance.Parser
	}
	return e
}

// ErasedTitle stands where an erased release had its title.
const ErasedTitle = "[gelöscht]"

// ErasedTombstone is what remains of a release when it is erased: identity, source and when, and nothing that the page said; its address is
// left out, too, since addresses are made from titles.
func ErasedTombstone(r *Release, at time.Time) *Release {
	t := &Release{ID: r.ID, Source: r.Source, Title: ErasedTitle, Provenance: r.Provenance}
	t.Provenance.FetchedAt = at.UTC().Format(time.RFC3339)
	t.Normalise()
	return t
}

// Tombstone is what remains of a release when it is withdrawn: identity, source, addresses, kicker, title and date, and no text. sequence is
// that of the snapshot which found it gone, 0 when nobody looked; at is when, zero when unknown.
func Tombstone(r *Release, sequence uint64, at time.Time) *Release {
	t := &Release{
		ID: r.ID, Source: r.Source, URL: r.URL, CanonicalURL: r.CanonicalURL, Language: r.Language, Title: r.Title, Kicker: r.Kicker,
		Published: r.Published, Provenance: r.Provenance,
	}
	if sequence > 0 {
		t.Provenance.RawSequence = sequence
	}
	if !at.IsZero() {
		t.Provenance.FetchedAt = at.UTC().Format(time.RFC3339)
	}
	t.Normalise()
	return t
}
