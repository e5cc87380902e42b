package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The lines between the markers stand in the README word for word; TestREADME holds that.
//
// README:
func subscribe(ctx context.Context, url string, each func(event, source string, release map[string]any) error) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return err
	}
	consumer, err := js.CreateOrUpdateConsumer(ctx, "PRESS", jetstream.ConsumerConfig{
		Durable:       "newsroom",                            // the server remembers how far you are
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy, // first the present state of each release, then live
		FilterSubject: "press.v1.release.nw.>",               // one Land; press.v1.release.> is everything
		AckPolicy:     jetstream.AckExplicitPolicy,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, messages.Stop)()
	for {
		m, err := messages.Next()
		if err != nil {
			return ctx.Err()
		}
		var release map[string]any // or schemas.Release
		if err := json.Unmarshal(m.Data(), &release); err != nil {
			return err
		}
		// published, corrected, reextracted or withdrawn: de.kreispresse.release.<event>.v1
		if err := each(m.Headers().Get("ce-type"), m.Headers().Get("ce-source"), release); err != nil {
			return err
		}
		if err := m.Ack(); err != nil {
			return err
		}
	}
}

// README.

func TestSubscriber(t *testing.T) {
	t.Parallel()
	site, _, dir := serveSite(t, nil)
	url := startNATS(t, t.TempDir())
	crawl := func() {
		t.Helper()
		if code, out, errs := run(t.Context(), "--nats", url, "--sources", dir, "crawl"); code != ExitOK {
			t.Fatalf("crawl: exit code %d\n%s%s", code, out, errs)
		}
	}
	crawl()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	type got struct{ event, title string }
	seen := make(chan got, 1000)
	done := make(chan error, 1)
	go func() {
		done <- subscribe(ctx, url, func(event, source string, release map[string]any) error {
			if source != "/sources/kreis-ahrenfels" {
				t.Errorf("ce-source %q", source)
			}
			seen <- got{event, release["title"].(string)}
			return nil
		})
	}()
	for range site.Releases() {
		if g := <-seen; g.event != "de.kreispresse.release.published.v1" || g.title == "" {
			t.Errorf("event %+v", g)
		}
	}
	if err := site.Correct(demoCorrect); err != nil {
		t.Fatal(err)
	}
	crawl()
	if g := <-seen; g.event != "de.kreispresse.release.corrected.v1" {
		t.Errorf("event %+v", g)
	}
	cancel()
	if err := <-done; err != context.Canceled {
		t.Errorf("subscribe: %v", err)
	}
}

// TestREADME holds the README to what is tested: the subscriber's code, the commands, the settings.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(repoRoot, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("subscriber_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := bytes.Cut(own, []byte("// README:\n"))
	code, _, _ = bytes.Cut(code, []byte("\n// README."))
	if !bytes.Contains(readme, append([]byte("```go\n"), bytes.TrimSpace(code)...)) {
		t.Error("the README's Go code is not that of subscribe in subscriber_test.go")
	}
	for _, s := range settings {
		if !bytes.Contains(readme, []byte("`"+s.variable()+"`")) || !bytes.Contains(readme, []byte("`--"+s.flag()+"`")) {
			t.Errorf("the README does not name %s and --%s", s.variable(), s.flag())
		}
	}
	// Every command line of ours that the README shows is run by testdata/script/readme.txtar, except tail, which does not end by
	// itself and has TestTail.
	script, err := os.ReadFile(filepath.Join("testdata", "script", "readme.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	shell := false
	for line := range strings.Lines(string(readme)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			shell = line == "```sh"
			continue
		}
		if !shell || !strings.HasPrefix(line, "kreispresse ") || strings.HasPrefix(line, "kreispresse tail") {
			continue
		}
		want := "exec " + strings.Replace(line, "nats://127.0.0.1:4222", "$NATS", 1) + "\n"
		if !bytes.Contains(script, []byte(want)) {
			t.Errorf("readme.txtar does not run %q", line)
		}
	}
}
