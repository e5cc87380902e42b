package schemas_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

func pauseRequest() schemas.PauseRequest {
	return schemas.PauseRequest{
		ID: "a1", At: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), Host: "www.kreis-ahrenfels.example", Sources: []string{"kreis-ahrenfels"},
		Reason: "Wir ziehen um.", Contact: "it@kreis-ahrenfels.example",
	}
}

func TestPauseRequestCheck(t *testing.T) {
	good := pauseRequest()
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	answer := schemas.PauseRequest{ID: "a1", At: good.At, Host: good.Host, Sources: good.Sources, Answer: schemas.PauseDeclined}
	if err := answer.Check(); err != nil {
		t.Errorf("an answer needs no contact: %v", err)
	}
	for name, change := range map[string]func(*schemas.PauseRequest){
		"no id":          func(p *schemas.PauseRequest) { p.ID = "" },
		"no time":        func(p *schemas.PauseRequest) { p.At = time.Time{} },
		"no host":        func(p *schemas.PauseRequest) { p.Host = " " },
		"no source":      func(p *schemas.PauseRequest) { p.Sources = nil },
		"a wrong source": func(p *schemas.PauseRequest) { p.Sources = []string{"a.b"} },
		"no reason":      func(p *schemas.PauseRequest) { p.Reason = "\n" },
		"no contact":     func(p *schemas.PauseRequest) { p.Contact = "" },
		"a long reason":  func(p *schemas.PauseRequest) { p.Reason = strings.Repeat("ä", schemas.PauseReasonLimit+1) },
		"a long contact": func(p *schemas.PauseRequest) { p.Contact = strings.Repeat("x", schemas.PauseContactLimit+1) },
		"no text":        func(p *schemas.PauseRequest) { p.Reason = "\xff" },
		"another answer": func(p *schemas.PauseRequest) { p.Answer = "perhaps" },
	} {
		p := pauseRequest()
		change(&p)
		if err := p.Check(); schemas.KindOf(err) != schemas.KindInvalid || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPauseRequestBelongs(t *testing.T) {
	for contact, want := range map[string]bool{
		"it@kreis-ahrenfels.example":             true,
		"IT <it@WWW.kreis-ahrenfels.example>":    true,
		"it@example":                             false, // everybody's
		"it@ahrenfels.example":                   false,
		"it@kreis-ahrenfels.example.evil.test":   false,
		"02 345/67":                              false,
		"it@kreis-ahrenfels.example, b@c.d":      false,
		"<script>@kreis-ahrenfels.example":       false,
		"it@evil.test@kreis-ahrenfels.example":   false,
		"\"a@b\"@kreis-ahrenfels.example":        true,
		"it@xn--kreis-ahrenfels-x.example":       false,
		"it@kreis-ahrenfels.example\nbcc: b@c.d": false,
	} {
		p := pauseRequest()
		if p.Contact = contact; p.Belongs() != want {
			t.Errorf("%q: %v", contact, !want)
		}
	}
}

func TestOpenPauses(t *testing.T) {
	one, two, three := pauseRequest(), pauseRequest(), pauseRequest()
	two.ID, three.ID = "a2", "a3"
	yes := schemas.PauseRequest{ID: "a1", Answer: schemas.PauseAccepted}
	no := schemas.PauseRequest{ID: "a3", Answer: schemas.PauseDeclined}
	open := schemas.OpenPauses([]schemas.PauseRequest{one, two, yes, three, no, no})
	if len(open) != 1 || open[0].ID != "a2" {
		t.Errorf("%+v", open)
	}
}
