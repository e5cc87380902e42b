package schemas

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestAppendJSON(t *testing.T) {
	ev := NextEvent(nil, EventPublished, &Release{ID: "r1", Source: Source{ID: "kreis-x"}, Title: "Straße <frei>"}, time.Unix(1, 0))
	ev.Sequence = 7
	whole, err := ev.AppendJSON([]byte("x"), nil)
	if err != nil || whole[0] != 'x' {
		t.Fatal(string(whole), err)
	}
	stored, _ := json.Marshal(ev.Release)
	again, err := ev.AppendJSON(nil, stored)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range [][]byte{whole[1:], again} {
		var got struct {
			ID       string
			Type     string
			Revision int
			Sequence uint64
			Data     Release
		}
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatal(err, string(line))
		}
		if got.ID != "r1/1" || got.Type != EventPublished || got.Revision != 1 || got.Sequence != 7 || got.Data.Title != "Straße <frei>" {
			t.Errorf("got %+v", got)
		}
		if strings.ContainsAny(string(line), "\n") {
			t.Error("more than a line")
		}
	}
}

// TestEventName: each short name and its type stand for each other; what is not known keeps its own.
func TestEventName(t *testing.T) {
	for name, typ := range EventTypes {
		if got := EventName(typ); got != name {
			t.Errorf("%s is %q", typ, got)
		}
		want := map[string]string{EventWithdrawn: "withdrawn", EventErased: "erased"}[typ]
		if want == "" {
			want = "current"
		}
		if got := StatusAfter(typ); got != want {
			t.Errorf("%s leaves %q", typ, got)
		}
	}
	if got := EventName("org.example.other"); got != "org.example.other" {
		t.Error(got)
	}
}
