package api_test

import (
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/pipeline"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/schemas"
)

func (s *store) put(key string, v any) {
	s.Helper()
	_, err := s.bus.Sources().Put(s.Context(), key, v, 0)
	if err != nil {
		s.Fatal(err)
	}
}

func (s *store) run(source, event string, v any) {
	s.Helper()
	if _, err := s.bus.PublishRun(s.Context(), source, event, v); err != nil {
		s.Fatal(err)
	}
}

func TestOverview(t *testing.T) {
	s := newStore(t)
	ctx := t.Context()
	if o, err := s.reader.Overview(ctx); err != nil || o.Funnel.Runs != 0 || len(o.Hours) != 24 || o.Sources[api.Unknown] != 2 {
		t.Fatalf("of nothing: %+v, %v", o, err)
	}
	s.now = time.Now() // the broker's clock
	s.withdraw(s.release(musterau, 1, nil), "404")
	s.release(anderau, 2, nil)
	at := time.Now().Add(-time.Hour)
	s.put(musterau.ID+".line", schemas.LineState{
		Ref: musterau, Held: map[string]schemas.Hold{"p": {Page: "p", URL: "https://x.example/p", Since: at, Reason: "says something else"}},
		Dead: map[string]schemas.DeadLetter{"q": {Page: "q", At: at, Reason: "no title"}, "r": {Page: "r", At: at.Add(-time.Hour)}},
	})
	s.put(health.Key(musterau.ID), health.Memory{}.Learn(health.Run{At: at, Failed: "lists no page at all"}))
	s.run(musterau.ID, schemas.RunExtracted, map[string]any{
		"finished": at, "discovered": 9, "requests": 12, "counts": map[string]int{"new": 3}, "releases": map[string]int{"published": 2, "no release": 1},
	})
	s.run(musterau.ID, schemas.RunExtracted, map[string]any{"finished": at, "reasons": []string{"no answer"}, "counts": map[string]int{"new": 1}})
	s.run(anderau.ID, schemas.RunAudit, pipeline.Audit{Act: "held drop", Thing: "https://x.example/", Count: 1, At: at})
	s.run(musterau.ID, schemas.RunAudit, pipeline.Audit{Act: "forget", At: at.Add(time.Second)})

	s.reader.Renew() // what was put together before is old
	o, err := s.reader.Overview(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if f := o.Funnel; f.Runs != 2 || f.Failed != 1 || f.Discovered != 9 || f.Requests != 12 || f.Pages["new"] != 4 || f.Releases["no release"] != 1 {
		t.Errorf("%+v", f)
	}
	events := map[string]int{}
	for _, h := range o.Hours {
		for typ, n := range h.Events {
			events[typ] += n
		}
	}
	if events["published"] != 2 || events["withdrawn"] != 1 || o.Press.Sequence != 3 || o.Live != 1 || o.Sources[health.Broken] != 1 {
		t.Errorf("%v %+v", events, o)
	}
	found := map[string]api.Need{}
	for i, n := range o.Needs {
		found[n.What] = n
		if i > 0 && n.Grave && !o.Needs[i-1].Grave {
			t.Error("a grave one after one that is not")
		}
	}
	if n := found[api.NeedSource]; !n.Grave || n.Source != musterau.ID || n.Says != "lists no page at all" {
		t.Errorf("%+v", n)
	}
	if h, d := found[api.NeedHeld], found[api.NeedDead]; h.Count != 1 || d.Count != 2 || d.Source != musterau.ID || found[api.NeedSystem].Says == "" {
		t.Errorf("%+v", o.Needs)
	}

	held, err := s.reader.Held(ctx)
	if err != nil || len(held) != 1 || held[0].URL != "https://x.example/p" || held[0].Reason == "" {
		t.Error(held, err)
	}
	if dead, err := s.reader.Dead(ctx); err != nil || len(dead) != 2 || dead[0].Page != "r" {
		t.Error(dead, err)
	}
	if audits, err := s.reader.Audits(ctx, 1); err != nil || len(audits) != 1 || audits[0].Act != "forget" || audits[0].Source != musterau.ID {
		t.Error(audits, err)
	}
	sys, err := s.reader.System(ctx)
	if err != nil || len(sys.Findings) == 0 || len(sys.Status.Streams) == 0 {
		t.Error(sys, err)
	}
	for _, f := range sys.Findings {
		if f.Name == "names" {
			t.Error("a name server was asked")
		}
	}
}
