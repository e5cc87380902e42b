package parquet

import (
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Of is an event as a row. Bytes that are no UTF-8 become U+FFFD: a column of strings may hold none.
func Of(ev *schemas.Event) *Row {
	r := ev.Release
	row := &Row{
		Sequence: int64(ev.Sequence), EventType: text(schemas.EventName(ev.Type)), EventTime: ev.Time.UnixMicro(), Status: schemas.StatusAfter(ev.Type),
		ID: r.ID, Revision: int32(r.Revision), SourceID: r.Source.ID, SourceName: text(r.Source.Name), State: r.Source.State,
		AGS: r.Source.AGS, ARS: r.Source.ARS, NUTS3: r.Source.NUTS3, Wikidata: r.Source.Wikidata,
		URL: text(r.URL), CanonicalURL: text(r.CanonicalURL), Language: text(r.Language),
		Title: text(r.Title), Kicker: text(r.Kicker), Lead: text(r.Lead), Text: text(r.Text),
		Blocks: list(r.Blocks, func(b schemas.Block) Block { return Block{text(b.Type), int32(b.Start), int32(b.End)} }),
		Quotes: list(r.Quotes, quote), People: list(r.People, person), Dates: list(r.Dates, date), Credits: list(r.Credits, credit),
		Images: list(r.Images, func(i schemas.Image) Image { return Image{text(i.URL), text(i.Alt), text(i.Caption), text(i.Credit)} }),
		Attachments: list(r.Attachments, func(a schemas.Attachment) Attachment {
			return Attachment{text(a.URL), text(a.Title), text(a.MediaType)}
		}),
		Usage:   text(r.Usage),
		SameAs:  list(r.SameAs, func(s schemas.SameAs) SameAs { return SameAs{text(s.ID), text(s.Source), text(s.Measure)} }),
		Changes: list(ev.Changes, func(c schemas.Change) Change { return Change{text(c.Field), text(c.Class)} }),
		Reason:  text(ev.Reason), ContentHash: ev.Hash,
		Snapshot: r.Provenance.Snapshot, Run: text(r.Provenance.Run), Parser: text(r.Provenance.Parser),
		FetchedAt: moment(r.Provenance.FetchedAt), FirstSeen: moment(r.Provenance.FirstSeen),
	}
	row.stamps(r)
	row.rest(r)
	return row
}

func (row *Row) stamps(r *schemas.Release) {
	if s := r.Published; s != nil {
		row.Published, row.PublishedOn, row.PublishedAt = text(s.Value), day(s.Value), moment(s.Value)
		row.Granularity, row.Evidence = text(s.Granularity), text(s.Evidence)
	}
	if s := r.Modified; s != nil {
		row.Modified, row.ModifiedOn, row.ModifiedAt = text(s.Value), day(s.Value), moment(s.Value)
	}
}

func (row *Row) rest(r *schemas.Release) {
	if c := r.Contact; c != nil {
		row.ContactName, row.ContactPhone, row.ContactEmail = text(c.Name), text(c.Phone), text(c.Email)
	}
	if e := r.Embargo; e != nil {
		row.EmbargoUntil, row.EmbargoText = text(e.Until), text(e.Text)
	}
	if n := int64(r.Provenance.RawSequence); n > 0 {
		row.RawSequence = &n
	}
}

func quote(q schemas.Quote) Quote {
	out := Quote{
		Text: text(q.Text), Kind: text(q.Kind), Of: number(q.Of),
		Spans: list(q.Spans, func(s schemas.Span) Span { return Span{int32(s.Start), int32(s.End)} }),
	}
	if q.Cue != nil {
		out.Cue = text(q.Cue.Text)
	}
	if s := q.Speaker; s != nil {
		out.Speaker, out.SpeakerKind, out.SpeakerMethod, out.SpeakerRule = text(s.Name), text(s.Kind), text(s.Method), text(s.Rule)
		out.SpeakerPerson = number(s.Person)
	}
	return out
}

func person(p schemas.Person) Person {
	return Person{
		Name: text(p.Name), Given: text(p.Given), Family: text(p.Family), Title: text(p.Title), Roles: list(p.Roles, text),
		Organisation: text(p.Organisation), Gender: text(p.Gender),
		Mentions: list(p.Mentions, func(m schemas.Mention) Mention { return Mention{text(m.Text), int32(m.Start), int32(m.End)} }),
	}
}

func date(d schemas.Date) Date {
	return Date{
		Text: text(d.Text), Start: int32(d.Start), End: int32(d.End), Type: text(d.Type), Value: text(d.Value), Quant: text(d.Quant),
		Freq: text(d.Freq), From: day(d.From), To: day(d.To), Anchor: text(d.Anchor), Warning: text(d.Warning), Rule: text(d.Rule),
	}
}

func credit(c schemas.Credit) Credit {
	return Credit{text(c.Holder), text(c.Agency), text(c.Raw), text(c.Image), text(c.Rule)}
}

// text is s as UTF-8.
func text(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func list[A, B any](in []A, f func(A) B) []B {
	if len(in) == 0 {
		return nil
	}
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

func number(n *int) *int32 {
	if n == nil {
		return nil
	}
	v := int32(*n)
	return &v
}

// day is the day that an ISO 8601 value begins with, as days since 1970-01-01, nil when it begins with none.
func day(value string) *int32 {
	if len(value) < len(time.DateOnly) {
		return nil
	}
	t, err := time.Parse(time.DateOnly, value[:len(time.DateOnly)])
	if err != nil {
		return nil
	}
	d := int32(t.Unix() / (24 * 60 * 60))
	if t.Unix() < 0 && t.Unix()%(24*60*60) != 0 {
		d--
	}
	return &d
}

// moment is an ISO 8601 moment to the minute, second or less in microseconds since 1970, nil for a day or anything else.
func moment(value string) *int64 {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, value); err == nil {
			us := t.UnixMicro()
			return &us
		}
	}
	return nil
}
