package publisher

import (
	"slices"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// TestAsOf: the feed as it looked at a moment has the revision that each release had then, and none that came later.
func TestAsOf(t *testing.T) {
	b := openTest(t)
	for n := range 3 {
		publishVersion(t, b, testSource, n, 0) // 1–3
	}
	publishVersion(t, b, anderau, 3, 0)    // 4
	publishVersion(t, b, testSource, 0, 1) // 5 corrects 1
	second, err := b.bySequence(t.Context(), schemas.StreamPress, 2)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := second.event()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := withdraw(t.Context(), b, testSource, ev.Release.ID, 0); err != nil { // 6
		t.Fatal(err)
	}
	after := func(seq uint64) time.Time {
		m, err := b.bySequence(t.Context(), schemas.StreamPress, seq)
		if err != nil {
			t.Fatal(err)
		}
		return m.time.Add(1)
	}
	for name, tt := range map[string]struct {
		f    Filter
		want []uint64
	}{
		"before anything":          {Filter{AsOf: after(1).Add(-time.Hour)}, nil},
		"when all were new":        {Filter{AsOf: after(4)}, []uint64{1, 2, 3, 4}},
		"after the correction":     {Filter{AsOf: after(5)}, []uint64{2, 3, 4, 5}},
		"now":                      {Filter{AsOf: after(6)}, []uint64{3, 4, 5, 6}},
		"of one source":            {Filter{AsOf: after(5), Source: testSource.ID}, []uint64{2, 3, 5}},
		"only what was published":  {Filter{AsOf: after(6), Type: "published"}, []uint64{3, 4}},
		"of a Land without source": {Filter{AsOf: after(6), State: "SL"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []uint64
			var bytes int64
			n, err := b.ReplayRaw(t.Context(), tt.f, func(e *schemas.Event, release []byte) error {
				got, bytes = append(got, e.Sequence), bytes+int64(len(release))
				return nil
			})
			if err != nil || !slices.Equal(got, tt.want) || n != len(tt.want) {
				t.Errorf("replayed %v (%d), %v, want %v", got, n, err, tt.want)
			}
			m, err := b.Measure(t.Context(), tt.f)
			if err != nil || m.Events != n || m.Bytes != bytes {
				t.Errorf("measured %+v, %v; replayed %d events of %d bytes", m, err, n, bytes)
			}
			if n > 0 && (m.First != got[0] || m.Last != got[n-1] || m.Oldest.IsZero()) {
				t.Errorf("measured %+v of %v", m, got)
			}
			if c, err := b.Count(t.Context(), tt.f); err != nil || c != n {
				t.Errorf("counted %d, %v", c, err)
			}
		})
	}
	for _, f := range []Filter{{AsOf: after(1), Last: true}, {AsOf: after(1), From: 1}, {AsOf: after(1), Since: after(1)}, {AsOf: after(1), Until: after(1)}} {
		_, err := b.Measure(t.Context(), f)
		wantKind(t, err, schemas.KindInvalid)
	}
	_, err = b.Feed(t.Context(), Filter{AsOf: after(1)})
	wantKind(t, err, schemas.KindInvalid)
}

// TestMeasure agrees with a replay whatever is chosen.
func TestMeasure(t *testing.T) {
	b := openTest(t)
	for n := range 4 {
		publishVersion(t, b, testSource, n, 0)
	}
	publishVersion(t, b, testSource, 1, 1)
	for _, f := range []Filter{{}, {From: 3}, {Last: true}, {Type: "corrected"}, {Source: "kreis-nirgends"}, {Last: true, Type: "published"}} {
		var bytes int64
		n, err := b.ReplayRaw(t.Context(), f, func(_ *schemas.Event, release []byte) error {
			bytes += int64(len(release))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if m, err := b.Measure(t.Context(), f); err != nil || m.Events != n || m.Bytes != bytes {
			t.Errorf("%+v: measured %+v, %v; replayed %d events of %d bytes", f, m, err, n, bytes)
		}
	}
}

func TestFilterInWords(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for want, f := range map[string]Filter{
		"all events": {},
		"the present state, of kreis-x, in NW, of type corrected": {Last: true, Source: "kreis-x", State: "NW", Type: "corrected"},
		"all events, since 2026-03-01T00:00:00Z, from 7":          {Since: at, From: 7},
		"all events, as of 2026-03-01T00:00:00Z":                  {AsOf: at},
	} {
		if got := f.String(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
