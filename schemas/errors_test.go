package schemas_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

func wantError(t *testing.T, err error, kind schemas.Kind, part string) {
	t.Helper()
	if schemas.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), part) {
		t.Errorf("error %v of kind %q, want %q of kind %q", err, schemas.KindOf(err), part, kind)
	}
}

func TestError(t *testing.T) {
	for want, e := range map[string]*schemas.Error{
		"crawl: kreis-x: EOF (try again)": {Op: "crawl", Kind: schemas.KindUnavailable, Thing: "kreis-x", Hint: "try again", Err: io.EOF},
		"crawl: not found":                {Op: "crawl", Kind: schemas.KindNotFound},
		"too large":                       {Kind: schemas.KindTooLarge},
		"x":                               {Thing: "x"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestKindOf(t *testing.T) {
	inner := &schemas.Error{Kind: schemas.KindConflict, Err: io.EOF}
	for _, c := range []struct {
		err  error
		want schemas.Kind
	}{
		{nil, ""},
		{io.EOF, schemas.KindInternal},
		{inner, schemas.KindConflict},
		{fmt.Errorf("x: %w", inner), schemas.KindConflict},
		{&schemas.Error{Kind: schemas.KindStorage, Err: inner}, schemas.KindStorage},
		{errors.Join(io.EOF, inner), schemas.KindConflict},
	} {
		if got := schemas.KindOf(c.err); got != c.want {
			t.Errorf("%v is %q, want %q", c.err, got, c.want)
		}
	}
	if !errors.Is(fmt.Errorf("x: %w", inner), io.EOF) {
		t.Error("the cause is lost")
	}
}

func TestErrorJSON(t *testing.T) {
	for _, c := range []struct {
		err  *schemas.Error
		want string
	}{
		{
			&schemas.Error{Op: "parse", Kind: schemas.KindTooLarge, Thing: "a.html", Hint: "cut it", Err: errors.New("the page is larger than 16 MiB")},
			`{"op":"parse","kind":"too_large","thing":"a.html","hint":"cut it","message":"the page is larger than 16 MiB"}`,
		},
		{&schemas.Error{Kind: schemas.KindNotFound}, `{"kind":"not_found","message":"not found"}`},
		{&schemas.Error{}, `{"kind":"internal","message":"internal"}`},
	} {
		b, err := json.Marshal(c.err)
		if err != nil || string(b) != c.want {
			t.Errorf("%s, %v, want %s", b, err, c.want)
		}
		var back schemas.Error
		if err := json.Unmarshal(b, &back); err != nil || c.err.Kind != "" && schemas.KindOf(&back) != c.err.Kind || back.Thing != c.err.Thing {
			t.Errorf("%s → %+v, %v", b, back, err)
		}
		if again, err := json.Marshal(&back); err != nil || string(again) != c.want {
			t.Errorf("again: %s, %v", again, err)
		}
	}
}
