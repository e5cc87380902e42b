package publisher

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/kreispresse/kreispresse/schemas"
)

// The counts are exact at any time, whether they were counted before or not, and survive that their memory is lost or nonsense.
func TestStatusCounts(t *testing.T) {
	b := openTest(t)
	want := map[string]Counts{}
	check := func(step string) {
		t.Helper()
		st, err := b.Status(t.Context())
		if err != nil || !cmp.Equal(st.Counts, want) {
			t.Fatalf("%s: %v: %s", step, err, cmp.Diff(want, st.Counts))
		}
	}
	check("nothing")
	publishVersion(t, b, testSource, 1, 0)
	publishVersion(t, b, testSource, 1, 1)
	publishVersion(t, b, testSource, 2, 0)
	publishVersion(t, b, anderau, 3, 0)
	want[testSource.ID], want[anderau.ID] = Counts{Live: 2, Revisions: 3}, Counts{Live: 1, Revisions: 1}
	check("published and corrected")
	check("nothing new")
	events := map[string]schemas.Event{
		"withdrawn": {Type: schemas.EventWithdrawn, Revision: 2},
		"returned":  {Type: schemas.EventPublished, Revision: 3},
	}
	for _, step := range []struct {
		name string
		want Counts
	}{{"withdrawn", Counts{Withdrawn: 1, Revisions: 2}}, {"returned", Counts{Live: 1, Revisions: 3}}} {
		ev := events[step.name]
		m := nats.NewMsg(schemas.ReleaseSubject(anderau.State, anderau.ID, "x"))
		m.Header.Set(ceType, ev.Type)
		m.Header.Set(ceRevision, map[int]string{2: "2", 3: "3"}[ev.Revision])
		if _, err := b.js.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		want[anderau.ID] = step.want
		check(step.name)
	}
	for _, nonsense := range []any{"x", counted{Sequence: 1000}} {
		var old any
		rev, err := b.Sources().Get(t.Context(), keyCounts, &old)
		mustDo(t, err)
		_, err = b.Sources().Put(t.Context(), keyCounts, nonsense, rev)
		mustDo(t, err)
		check("after nonsense")
	}
}
