package pipeline_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/schemas"
)

var otherText = html("Der Flohmarkt zieht um", "", "Am Samstag verkaufen Vereine in der Stadthalle von Wallbrück, was sie nicht mehr brauchen.")

// heldPage is the only page of the house with a held change.
func (h *house) heldPage() string {
	h.t.Helper()
	for page := range h.lineState().Held {
		return page
	}
	h.t.Fatal("nothing is held")
	return ""
}

func TestHeldRelease(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m2", otherText)
	h.crawl()
	page := h.heldPage()
	o, err := h.line().ReleaseHeld(t.Context(), h.src.ID, page)
	if err != nil || o != pipeline.Corrected {
		t.Fatal(o, err)
	}
	h.want(events{"published": 3, "corrected": 1})
	if _, err := h.line().ReleaseHeld(t.Context(), h.src.ID, page); schemas.KindOf(err) != schemas.KindNotFound {
		t.Errorf("a second time: %v", err)
	}
	h.later(7 * time.Hour)
	h.crawl()
	h.want(events{"published": 3, "corrected": 1})
}

func TestHeldDrop(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m2", otherText)
	h.crawl()
	if err := h.line().DropHeld(t.Context(), h.src.ID, h.heldPage()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.later(7 * time.Hour)
		h.crawl()
	}
	h.want(events{"published": 3})
}

// TestAccept: after a relaunch that looked like a breakdown an operator says that the site is right as it is.
func TestAccept(t *testing.T) {
	h := newHouse(t)
	h.releases(12)
	h.crawl()
	for i := 1; i <= 8; i++ {
		h.put(fmt.Sprintf("/presse/m%d", i), html(fmt.Sprintf("Neue Meldung Nummer %d des Kreises", i), "",
			fmt.Sprintf("Auf dieser Seite steht seit dem Umbau die Meldung %d und nicht mehr die alte.", i)))
	}
	h.put("/presse/m9", status(410))
	h.crawl()
	h.want(events{"published": 12})
	counts, err := h.line().Accept(t.Context(), h.src.ID)
	if err != nil || counts[pipeline.Corrected] != 8 || counts[pipeline.Withdrawn] != 1 {
		t.Fatal(counts, err)
	}
	h.want(events{"published": 12, "corrected": 8, "withdrawn": 1})
	h.later(time.Hour)
	if rep := h.crawl(); rep.Failed() {
		t.Error(rep.Err())
	}
	h.want(events{"published": 12, "corrected": 8, "withdrawn": 1})
}

// TestDeadLetters: a page whose record no broker takes is put aside at the first try, with its size; the others are published; the
// letter ends when the page says something shorter.
func TestDeadLetters(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	long := make([]string, 20_000)
	for i := range long {
		long[i] = fmt.Sprintf("„Das ist der %d. Satz des Protokolls“, sagte Landrätin Änne Österholt am 3. März 2026.", i)
	}
	h.put("/presse/protokoll", html("Protokoll der Sitzung des Kreistags", "", long...))
	rep := h.crawl()
	h.want(events{"published": 3})
	if rep.Releases[pipeline.Dead] != 1 {
		t.Errorf("%v", rep.Releases)
	}
	st := h.lineState()
	if len(st.Dead) != 1 {
		t.Fatalf("%v", st.Dead)
	}
	for page, d := range st.Dead {
		if !strings.Contains(d.Reason, "bytes") || d.URL == "" || d.Page != page {
			t.Errorf("%+v", d)
		}
		if o, err := h.line().RetryDead(t.Context(), h.src.ID, page); err != nil || o != pipeline.Dead {
			t.Errorf("retried: %v %v", o, err)
		}
	}
	h.put("/presse/protokoll", html("Protokoll der Sitzung des Kreistags", "", long[:3]...))
	h.crawl()
	h.want(events{"published": 4})
	if st := h.lineState(); len(st.Dead) != 0 {
		t.Errorf("not resolved: %v", st.Dead)
	}
}

// TestTooManyRefusals: a source whose pages are no releases has failed, from its first crawl on.
func TestTooManyRefusals(t *testing.T) {
	h := newHouse(t)
	for i := range 4 {
		h.put(fmt.Sprintf("/presse/m%d", i), html("Seite nicht gefunden", "", "Die Seite, die Sie suchen, gibt es nicht."))
	}
	if rep := h.crawl(); !rep.Failed() || !strings.Contains(rep.Err().Error(), "none of the 4 pages") {
		t.Error(rep.Err())
	}
}

// TestProbe: a page that says what stands at an address that does not exist is no release, however new it is.
func TestProbe(t *testing.T) {
	h := newHouse(t)
	soft := html("Ihre Seite im Kreis Musterau", "", "Die gewünschte Auskunft finden Sie über die Suche oder im Verzeichnis der Dienste.")
	h.everywhere(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		page := h.pages[r.URL.Path]
		h.mu.Unlock()
		if page == nil {
			page = soft
		}
		page(w, r)
	})
	h.releases(2)
	for i := 10; i < 14; i++ {
		h.put(fmt.Sprintf("/presse/m%d", i), soft)
	}
	h.crawl()
	h.want(events{"published": 2})
}

// TestWhoActed holds that an audit names who acted, whether the line did it or somebody beside it.
func TestWhoActed(t *testing.T) {
	h := newHouse(t)
	h.releases(3)
	h.crawl()
	h.put("/presse/m2", otherText)
	h.crawl()
	ctx := pipeline.WithActor(t.Context(), "erika")
	if err := h.line().DropHeld(ctx, h.src.ID, h.heldPage()); err != nil {
		t.Fatal(err)
	}
	if err := h.line().Record(ctx, h.src.ID, pipeline.Audit{Act: "sources pause", Thing: h.src.ID, Reason: "Umzug"}); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := h.bus.EachRun(t.Context(), h.src.ID, schemas.RunAudit, func(_, _ string, _ time.Time, data []byte) error {
		var a pipeline.Audit
		if err := json.Unmarshal(data, &a); err != nil {
			return err
		}
		if a.At.IsZero() {
			t.Errorf("no moment: %s", data)
		}
		got = append(got, a.Act+" by "+a.By)
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"held drop by erika", "sources pause by erika"}) {
		t.Errorf("%v %q", err, got)
	}
}
