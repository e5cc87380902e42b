package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Verified counts what Verify has looked at.
type Verified struct {
	Events    int `json:"events"`
	Snapshots int `json:"snapshots"`
	Runs      int `json:"runs"`
	Receipts  int `json:"receipts"` // of what was erased, and of what was removed by its age
	Pages     int `json:"pages"`
	Keys      int `json:"keys"`    // of press_sources and press_hosts
	Damages   int `json:"damages"` // findings that are not found out anew by themselves
}

// Verify reads everything the broker holds and reports every damage: streams that are behind their marks, messages that do not come,
// events and snapshots that cannot be read or do not have the hash they name, objects that are missing, page states whose snapshot is
// not that of the page. The error is the broker's. Open the bus with Config.Damaged.
func (b *Bus) Verify(ctx context.Context, report func(Finding)) (Verified, error) {
	v := &verification{b: b, report: report, raw: make(map[uint64]uint64), gone: make(map[string][]schemas.Range)}
	for _, f := range b.damage {
		v.found(f)
	}
	for _, look := range []func(context.Context) error{v.press, v.archive, v.runs, v.pages, v.memories, v.receipts} {
		if err := look(ctx); err != nil {
			return v.Verified, err
		}
	}
	return v.Verified, nil
}

type verification struct {
	Verified
	b      *Bus
	report func(Finding)
	raw    map[uint64]uint64          // PRESS_RAW sequence → hash of <source>.<page>
	gone   map[string][]schemas.Range // by stream, as the receipts say
}

func (v *verification) found(f Finding) {
	if !f.Rebuilt {
		v.Damages++
	}
	v.report(f)
}

// each reads one stream; that it is missing or not whole is a finding, the rest of errors is the broker's.
func (v *verification) each(ctx context.Context, stream, subject string, fn func(*stored) *Finding) error {
	if err := v.exists(ctx, stream); err != nil {
		if isStreamGone(err) {
			return nil // found when the store was opened
		}
		return err
	}
	r, err := v.b.open(ctx, reading{stream: stream, subject: subject, stop: true})
	if err != nil {
		return err
	}
	defer r.close()
	err = r.each(ctx, func(m *stored) error {
		if f := fn(m); f != nil {
			f.Stream, f.Sequence = stream, m.seq
			if f.Mend == "" {
				f.Mend = mend(stream)
			}
			v.found(*f)
		}
		return nil
	})
	if e, ok := errors.AsType[*schemas.Error](err); ok && e.Kind == schemas.KindStorage && v.b.broken.get() == nil {
		v.found(Finding{Stream: stream, What: e.Err.Error(), Mend: mend(stream)})
		return nil
	}
	return err
}

func (v *verification) exists(ctx context.Context, stream string) error {
	_, err := v.b.lookAt(ctx, "verify", stream)
	return err
}

func (v *verification) press(ctx context.Context) error {
	return v.each(ctx, schemas.StreamPress, schemas.SubjectsRelease, func(m *stored) *Finding {
		v.Events++
		ev, err := m.event()
		if err != nil {
			return &Finding{Thing: m.subject, What: "the event cannot be read: " + schemas.OneLine(err).Error()}
		}
		if token(m.subject, 5) != ev.Subject {
			return &Finding{Thing: m.subject, What: "the event is of release " + ev.Subject}
		}
		if ev.Release != nil && ev.Hash != "" && schemas.ContentHash(ev.Release) != ev.Hash {
			return &Finding{Thing: m.subject, What: "its content hash is another than today's rules give: it was made by another version", Rebuilt: true}
		}
		return nil
	})
}

func (v *verification) archive(ctx context.Context) error {
	return v.each(ctx, schemas.StreamRaw, schemas.SubjectsRaw, func(m *stored) *Finding {
		v.Snapshots++
		v.raw[m.seq] = hashOf(token(m.subject, 3) + "." + token(m.subject, 4))
		s, err := v.b.snapshot(ctx, m.header, m.data) // checks the sha256 of the body
		if err != nil {
			return &Finding{Thing: m.subject, What: "the snapshot cannot be read: " + schemas.OneLine(err).Error()}
		}
		if s.Source.ID != token(m.subject, 3) {
			return &Finding{Thing: m.subject, What: "the snapshot is of source " + s.Source.ID}
		}
		return nil
	})
}

func (v *verification) runs(ctx context.Context) error {
	return v.each(ctx, schemas.StreamRuns, schemas.SubjectsRun, func(m *stored) *Finding {
		v.Runs++
		event := token(m.subject, 4)
		if event != schemas.RunErased && event != schemas.RunExpired {
			return notJSON(m)
		}
		v.Receipts++
		gone, err := schemas.ReadReceipt(event, m.data)
		if err != nil {
			return &Finding{Thing: m.subject, What: "the receipt cannot be read: " + schemas.OneLine(err).Error()}
		}
		for stream, list := range gone {
			v.gone[stream] = append(v.gone[stream], list...)
		}
		return nil
	})
}

// receipts wants that what has a receipt is gone, but for what is being erased just now.
func (v *verification) receipts(ctx context.Context) error {
	if len(v.gone) == 0 {
		return nil
	}
	e, err := v.b.erasuresNow(ctx)
	if err != nil {
		return err
	}
	for _, c := range table(1) {
		if len(v.gone[c.Name]) == 0 || v.exists(ctx, c.Name) != nil {
			continue
		}
		missing, err := v.b.missing(ctx, c.Name)
		if err != nil {
			return err
		}
		if e.UnderWay != nil {
			missing = schemas.JoinRanges(append(missing, e.UnderWay.Gone[c.Name]...))
		}
		for _, r := range schemas.WithoutRanges(schemas.JoinRanges(v.gone[c.Name]), missing) {
			what := "it was erased by a receipt, and is there"
			v.found(Finding{Stream: c.Name, Sequence: r[0], What: what, Mend: "erase it again: it came back with a backup, or its disk was restored"})
		}
	}
	return nil
}

func (v *verification) pages(ctx context.Context) error {
	k := v.b.Pages().bucket
	return v.each(ctx, streamPages, k.subject("*.*"), func(m *stored) *Finding {
		if deleted(m) {
			return nil
		}
		v.Pages++
		key := k.key(m.subject)
		var st schemas.PageState
		if err := json.Unmarshal(m.data, &st); err != nil {
			return &Finding{Thing: key, What: "the page state cannot be read: " + schemas.OneLine(err).Error()}
		}
		switch page, ok := v.raw[st.RawSequence]; {
		case st.RawSequence == 0:
		case !ok:
			return &Finding{Thing: key, What: fmt.Sprintf("its last snapshot, %d, is not in the archive", st.RawSequence)}
		case page != hashOf(key):
			return &Finding{Thing: key, What: fmt.Sprintf("its last snapshot, %d, is one of another page", st.RawSequence)}
		}
		return nil
	})
}

func (v *verification) memories(ctx context.Context) error {
	for _, stream := range []string{streamSources, streamHosts} {
		bucket := strings.TrimPrefix(stream, "KV_")
		err := v.each(ctx, stream, "$KV."+bucket+".>", func(m *stored) *Finding {
			v.Keys++
			if deleted(m) {
				return nil
			}
			return notJSON(m)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func notJSON(m *stored) *Finding {
	if json.Valid(m.data) {
		return nil
	}
	return &Finding{Thing: m.subject, What: "it is no JSON"}
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return h.Sum64()
}
