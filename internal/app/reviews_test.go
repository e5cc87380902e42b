package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/internal/review"
	"github.com/kreispresse/kreispresse/internal/truth"
	"github.com/kreispresse/kreispresse/parser"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// reviewed is an installation whose console somebody uses while it runs.
type reviewed struct {
	*testing.T
	data, sources, base string
	client              *http.Client
}

func newReviewed(t *testing.T) *reviewed {
	t.Helper()
	site, _, dir := serveSite(t, nil)
	r := &reviewed{T: t, data: t.TempDir(), sources: dir}
	ctx, stop := context.WithCancel(t.Context())
	said, ended := make(chan string, 10000), make(chan int, 1)
	go func() {
		args := []string{"--data", r.data, "--sources", dir, "--log", "info", "run", "--listen", "127.0.0.1:0"}
		ended <- Run(ctx, args, strings.NewReader(""), io.Discard, &lines{each: func(s string) { said <- s }})
	}()
	t.Cleanup(func() { stop(); <-ended })
	var door string
	for door == "" {
		select {
		case s := <-said:
			if m := regexp.MustCompile(`open (http://\S+)`).FindStringSubmatch(s); m != nil {
				door = m[1]
			}
		case code := <-ended:
			ended <- code
			t.Fatalf("ended with %d", code)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r.client, r.base = &http.Client{Jar: jar}, door[:strings.Index(door, "/login")]
	resp, err := r.client.Get(door)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	resp.Body.Close()
	r.do(ExitOK, "tail", "--from", "1", "-n", strconv.Itoa(len(site.Releases()))) // until all are there
	return r
}

// do runs a command beside the process that runs, and wants an exit code.
func (r *reviewed) do(want int, args ...string) (out, errs string) {
	r.Helper()
	code, out, errs := run(r.Context(), append([]string{"--data", r.data, "--sources", r.sources}, args...)...)
	if code != want {
		r.Fatalf("%v: exit code %d, want %d\n%s%s", args, code, want, out, errs)
	}
	return out, errs
}

// quoted are the releases with a quote of a speaker, with the index of the first.
func (r *reviewed) quoted() (list []*schemas.Event, quotes []int) {
	r.Helper()
	bus, err := publisher.Open(r.Context(), publisher.Config{DataDir: r.data, Join: true}, nil)
	if err != nil {
		r.Fatal(err)
	}
	defer bus.Close()
	_, err = bus.Replay(r.Context(), publisher.Filter{Last: true}, func(e *schemas.Event) error {
		for i, q := range e.Release.Quotes {
			if q.Speaker != nil && q.Kind == schemas.QuoteDirect {
				list, quotes = append(list, e), append(quotes, i)
				break
			}
		}
		return nil
	})
	if err != nil || len(list) < 2 {
		r.Fatal(len(list), err)
	}
	return list, quotes
}

func (r *reviewed) say(ev *schemas.Event, quote int, verdict, says string) {
	r.Helper()
	form := url.Values{
		"quote": {fmt.Sprint(quote)}, "revision": {fmt.Sprint(ev.Revision)}, "verdict": {verdict}, "says": {says}, "note": {"steht im zweiten Absatz"},
	}
	resp, err := r.client.PostForm(r.base+"/releases/"+ev.Subject+"/review", form)
	if err != nil {
		r.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(resp.Body)
		r.Fatalf("%d %s", resp.StatusCode, b)
	}
}

func (r *reviewed) list(args ...string) (list []review.Reviewed) {
	r.Helper()
	out, _ := r.do(ExitOK, append([]string{"reviews", "--json"}, args...)...)
	for line := range strings.Lines(out) {
		var x review.Reviewed
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			r.Fatal(err)
		}
		list = append(list, x)
	}
	return list
}

// TestReviewBecomesAGoldenCase says in the console that a quote has the wrong speaker, exports the case, and runs the parser's golden test on
// it: with the parser as it is, and with one whose rule was mended. Then the release is erased, and nothing of it may stay.
func TestReviewBecomesAGoldenCase(t *testing.T) {
	r := newReviewed(t)
	evs, quotes := r.quoted()
	ev, n := evs[0], quotes[0]
	q := ev.Release.Quotes[n]
	const says = "Thekla Musterfrau-Ahlers"
	r.say(ev, n, review.VerdictPerson, says)

	list := r.list()
	if len(list) != 1 || list[0].State != review.Open || list[0].Reads != q.Speaker.Name || list[0].Snapshot != ev.Release.Provenance.Snapshot ||
		list[0].Parser != parser.Version || list[0].Source != demoSource {
		t.Fatalf("%+v", list)
	}
	if out, _ := r.do(ExitOK, "reviews"); !strings.Contains(out, list[0].ID) || !strings.Contains(out, "open") || !strings.Contains(out, says) {
		t.Errorf("the list:\n%s", out)
	}
	dir := filepath.Join(t.TempDir(), "cases")
	out, errs := r.do(ExitOK, "reviews", "export", dir)
	if !strings.Contains(out, "written\t1 review") || !strings.Contains(errs, "out of public repositories") {
		t.Errorf("%s%s", out, errs)
	}
	if out, _ := r.do(ExitOK, "reviews", "export", "--id", list[0].ID, dir); !strings.Contains(out, "\tkept\t") {
		t.Errorf("the second time: %s", out)
	}
	wantError(t, ExitUsage, []string{"no such review"}, "--data", r.data, "reviews", "export", "--id", "0000000000", dir)

	cases, err := truth.Cases(dir)
	if err != nil || len(cases) != 1 {
		t.Fatal(cases, err)
	}
	want := []string{"speakers: wrong: " + q.Speaker.Name + ": " + q.Text, "speakers: missing: " + says + ": " + q.Text}
	read, err := parser.Parse(cases[0].Snap)
	if err != nil {
		t.Fatal(err)
	}
	if got := cases[0].Wrong(read); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q\nwant %q", got, want)
	}
	read.Quotes[n].Speaker.Name = says // as a mended rule would
	if got := cases[0].Wrong(read); len(got) > 0 {
		t.Errorf("the mended reading is wrong: %q", got)
	}
	goldenRun(t, dir, q.Text, says, want)

	sentence := ev.Release.Text[strings.LastIndex(ev.Release.Text, "\n")+1:]
	r.do(ExitOK, "forget", ev.Subject)
	if out, _ := r.do(ExitOK, "runs", "--event", "review"); strings.Contains(out, says) {
		t.Errorf("the review outlives its release: %s", out)
	}
	calm.Until(t, "neither review nor release is in a file", func() bool { // the index learns of it from the feed
		return !inFiles(t, r.data, says) && !inFiles(t, r.data, sentence)
	})
	if out, _ := r.do(ExitFailed, "reviews", "export", dir); !strings.Contains(out, cases[0].Name+"\tremove\tits release was erased") {
		t.Errorf("nobody says that the case must go: %s", out)
	}
}

// goldenRun runs the golden test of the parser on a directory, as it is and with a parser that gives a quote another speaker.
func goldenRun(t *testing.T, dir, quote, speaker string, want []string) {
	t.Helper()
	if testing.Short() {
		t.Log("the golden test is not run, it compiles the parser anew")
		return
	}
	overlay := mendedParser(t, quote, speaker)
	for _, x := range []struct {
		name string
		args []string
		pass bool
	}{{"as it is", nil, false}, {"mended", []string{"-overlay", overlay}, true}} {
		cmd := exec.CommandContext(t.Context(), "go", append(append([]string{"test", "-count", "1", "-run", "TestPrivate"}, x.args...), "./parser")...)
		cmd.Dir, cmd.Env = repoRoot, append(os.Environ(), "GOLDEN_DIR="+dir)
		out, err := cmd.CombinedOutput()
		if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
			t.Fatal(err)
		}
		if (err == nil) != x.pass {
			t.Errorf("%s: passes %v, want %v\n%s", x.name, err == nil, x.pass, out)
		}
		for _, w := range want {
			if strings.Contains(string(out), w) == x.pass {
				t.Errorf("%s: %q in\n%s", x.name, w, out)
			}
		}
	}
}

// mendedParser is an overlay for go test in which Parse gives a quote the right speaker.
func mendedParser(t *testing.T, quote, speaker string) string {
	t.Helper()
	file := filepath.Join(repoRoot, "parser", "parse.go")
	code, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const sign = "func Parse(s *schemas.Snapshot) (*schemas.Release, error) {"
	mended := strings.Replace(string(code), sign, fmt.Sprintf(`func Parse(s *schemas.Snapshot) (*schemas.Release, error) {
	r, err := parseAsBefore(s)
	for i := 0; err == nil && i < len(r.Quotes); i++ {
		if r.Quotes[i].Text == %q {
			r.Quotes[i].Speaker = &schemas.Speaker{Name: %q, Kind: "person", Method: "name"}
		}
	}
	return r, err
}

func parseAsBefore(s *schemas.Snapshot) (*schemas.Release, error) {`, quote, speaker), 1)
	if mended == string(code) {
		t.Fatal("parser.Parse looks otherwise than this test thinks")
	}
	dir := t.TempDir()
	other := filepath.Join(dir, "parse.go")
	plan, err := json.Marshal(map[string]map[string]string{"Replace": {file: other}})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := errors.Join(os.WriteFile(other, []byte(mended), 0o600), os.WriteFile(overlay, plan, 0o600)); err != nil {
		t.Fatal(err)
	}
	return overlay
}
