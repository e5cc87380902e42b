package deploy

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/internal/app"
	"github.com/kreispresse/kreispresse/internal/calm"
	"github.com/kreispresse/kreispresse/publisher/feed"
	"github.com/kreispresse/kreispresse/schemas"
)

// TestNATSConfigs reads the files as the server's own check does, and wants what is missing to be named.
func TestNATSConfigs(t *testing.T) {
	if testing.Short() {
		t.Skip("builds nats-server")
	}
	dir := natsDir(t, "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3")
	check := func(dir, file string, env ...string) (string, error) {
		cmd := exec.Command("go", "run", "github.com/nats-io/nats-server/v2", "-t", "-c", filepath.Join(dir, file))
		cmd.Env = append(os.Environ(), env...)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, c := range []struct {
		dir, file, env, want string
	}{
		{natsDir(t), "single.conf", "X=", "is valid"},
		{dir, "cluster.conf", "SERVER_NAME=nats-0", "is valid"},
		{dir, "cluster.conf", "X=", "variable reference for 'SERVER_NAME'"},
		{dir, "single.conf", "X=", `unknown field "ROUTES"`}, // as passwords.conf.example says
	} {
		out, err := check(c.dir, c.file, c.env)
		if !strings.Contains(out, c.want) || (err == nil) != (c.want == "is valid") {
			t.Errorf("%s with %s: %v, want %q:\n%s", c.file, c.env, err, c.want, out)
		}
	}
}

// TestRights runs the program as each user of accounts.conf, on the server that single.conf makes.
func TestRights(t *testing.T) {
	t.Parallel()
	servers := []*server.Server{single(t)}
	releases, sources := demoSite(t)
	n := len(releases)
	backup := filepath.Join(t.TempDir(), "backup")
	archive, _ := client(t, "operator", servers[0])
	if _, err := archive.Conn().Subscribe("replay.archive", func(*nats.Msg) {}); err != nil { // a replay that nobody hears is none
		t.Fatal(err)
	}
	refused := func(subject string) string { return `Permissions Violation for Publish to "` + subject }
	for _, c := range []struct {
		user, args string
		code       int
		says       string
	}{
		{"newsroom", "crawl", app.ExitUnavailable, refused("$JS.API.STREAM.INFO.PRESS_RAW")},
		{"replayer", "replay", app.ExitUnavailable, "stream not found (let kreispresse crawl create the streams"}, // and it could not
		{"replayer", "crawl", app.ExitUnavailable, refused("$JS.API.STREAM.INFO.PRESS_RAW")},

		{"pipeline", "crawl", app.ExitOK, fmt.Sprintf("releases: %d published", n)},
		{"pipeline", "crawl", app.ExitOK, fmt.Sprintf("%d unchanged", n)},
		{"pipeline", "run --once", app.ExitOK, ""},
		{"pipeline", "reparse", app.ExitOK, fmt.Sprintf("%d unchanged", n)},
		{"pipeline", "status", app.ExitOK, "kreis-ahrenfels  " + fmt.Sprint(n)},
		{"pipeline", "verify", app.ExitOK, "0 damages"},
		{"pipeline", "doctor", app.ExitOK, "none missing"},
		{"pipeline", "backup " + backup, app.ExitUnavailable, "backup: stream KV_press_pages: " + refused("$JS.API.STREAM.SNAPSHOT.KV_press_pages")},

		{"replayer", "replay --last --limit 1", app.ExitOK, `"specversion":"1.0"`},
		{"replayer", "tail --from 1 --limit 1", app.ExitOK, "published"},
		{"replayer", "replay --to replay.archive", app.ExitOK, fmt.Sprint(n) + " events sent to replay.archive"},
		{"replayer", "replay --to elsewhere", app.ExitUnavailable, "elsewhere: " + refused("elsewhere")},
		{"replayer", "status", app.ExitUnavailable, refused("$JS.API.STREAM.INFO.PRESS_RAW")},

		{"operator", "runs --event audit", app.ExitOK, "replay.archive"},

		{"newsroom", "tail --from 1 --limit 1", app.ExitUnavailable, "read: PRESS: " + refused("$JS.API.CONSUMER.CREATE.PRESS.")},
		{"newsroom", "replay", app.ExitUnavailable, "read: PRESS: " + refused("$JS.API.CONSUMER.CREATE.PRESS.")},
		{"newsroom", "crawl", app.ExitUnavailable, "open: stream PRESS_RAW: " + refused("$JS.API.STREAM.INFO.PRESS_RAW\"")},

		{"operator", "doctor", app.ExitOK, "none missing"},
		{"operator", "backup " + backup, app.ExitOK, "PRESS_RAW"},
		{"pipeline", "forget --reason x " + releases[1], app.ExitUnavailable, "erase: stream PRESS: " + refused("$JS.API.STREAM.MSG.DELETE.PRESS\"")},
		{"pipeline", "status", app.ExitOK, "kreis-ahrenfels  " + fmt.Sprint(n)}, // and nobody was told of an erasure
		{"replayer", "replay --type erased", app.ExitOK, ""},
		{"operator", "withdraw --reason Irrtum " + releases[0], app.ExitOK, ""},
		{"operator", "forget --reason x " + releases[1], app.ExitOK, ""},
		{"operator", "verify", app.ExitOK, "0 damages"},
	} {
		code, out := kreispresse(t, c.user, servers, append([]string{"--sources", sources}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(out, c.says) || strings.Contains(out, password("")) {
			t.Errorf("%s, %s: exit code %d, want %d and %q:\n%.600s", c.user, c.args, code, c.code, c.says, out)
		}
	}
	other := []*server.Server{single(t)}
	for user, want := range map[string]string{"operator": "0 damages", "replayer": refused("$JS.API.STREAM.INFO.KV_press_pages")} {
		if code, out := kreispresse(t, user, other, "restore", backup); !strings.Contains(out, want) || (code == app.ExitOK) != (user == "operator") {
			t.Errorf("%s, restore: exit code %d, want %q:\n%s", user, code, want, out)
		}
	}
}

// client is a program of somebody else, with an inbox of its own; what the server refuses arrives in refusals.
func client(t *testing.T, user string, s *server.Server) (js jetstream.JetStream, refusals <-chan string) {
	t.Helper()
	told := make(chan string, 100)
	nc, err := nats.Connect(url(user, s), nats.CustomInboxPrefix("_INBOX_"+user),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { told <- err.Error() }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err = jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js, told
}

// denied wants the server to refuse a subject to whoever does do; the request itself sees only silence, so it is cut short.
func denied(t *testing.T, refusals <-chan string, subject string, do func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = do(ctx) }()
	select {
	case why := <-refusals:
		if !strings.Contains(why, subject) {
			t.Errorf("refused was %s, want %s", why, subject)
		}
	case <-time.After(calm.Long):
		t.Errorf("%s was not refused", subject)
	}
	cancel()
	<-done
}

// TestSubscriber is a newsroom: it makes its durable, reads and acknowledges, and can do nothing else.
func TestSubscriber(t *testing.T) {
	t.Parallel()
	s := single(t)
	releases, sources := demoSite(t)
	if code, out := kreispresse(t, "pipeline", []*server.Server{s}, "--sources", sources, "crawl"); code != app.ExitOK {
		t.Fatal(out)
	}
	js, refusals := client(t, "newsroom", s)
	durable := jetstream.ConsumerConfig{
		Durable: "newsroom", FilterSubject: "press.v1.release.nw.>", DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy, AckPolicy: jetstream.AckExplicitPolicy,
	}
	cons, err := js.CreateConsumer(t.Context(), schemas.StreamPress, durable)
	if err != nil {
		t.Fatal(err)
	}
	for range releases {
		m, err := cons.Next(jetstream.FetchMaxWait(calm.Long))
		if err != nil {
			t.Fatal(err)
		}
		if err := m.DoubleAck(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if cons, err = js.Consumer(t.Context(), schemas.StreamPress, "newsroom"); err != nil {
		t.Fatal(err)
	}
	if i := cons.CachedInfo(); i.NumPending != 0 || i.NumAckPending != 0 {
		t.Errorf("%d not delivered, %d not acknowledged", i.NumPending, i.NumAckPending)
	}

	create := func(change func(*jetstream.ConsumerConfig)) func(context.Context) error {
		c := durable
		change(&c)
		return func(ctx context.Context) error { _, err := js.CreateConsumer(ctx, schemas.StreamPress, c); return err }
	}
	denied(t, refusals, "$JS.API.CONSUMER.CREATE.PRESS.other.", create(func(c *jetstream.ConsumerConfig) { c.Durable = "other" }))
	denied(t, refusals, ".press.v1.release.be.>", create(func(c *jetstream.ConsumerConfig) { c.FilterSubject = "press.v1.release.be.>" }))
	denied(t, refusals, `"$JS.API.CONSUMER.CREATE.PRESS.newsroom"`, create(func(c *jetstream.ConsumerConfig) { c.FilterSubject = "" }))
	denied(t, refusals, "$JS.API.CONSUMER.DELETE.PRESS.newsroom", func(ctx context.Context) error { return js.DeleteConsumer(ctx, "PRESS", "newsroom") })
	denied(t, refusals, "$JS.API.STREAM.INFO.PRESS_RAW", func(ctx context.Context) error { _, err := js.Stream(ctx, "PRESS_RAW"); return err })
	denied(t, refusals, "press.v1.release.nw.x.y", func(ctx context.Context) error { _, err := js.Publish(ctx, "press.v1.release.nw.x.y", nil); return err })
	denied(t, refusals, "_INBOX_pipeline.>", func(context.Context) error { _, err := js.Conn().SubscribeSync("_INBOX_pipeline.>"); return err })
}

// TestFeedAsNewsroom: the package for subscribers does with the rights of a newsroom.
func TestFeedAsNewsroom(t *testing.T) {
	t.Parallel()
	s := single(t)
	releases, sources := demoSite(t)
	code, out := kreispresse(t, "pipeline", []*server.Server{s}, "--log", "debug", "--sources", sources, "crawl")
	if code != app.ExitOK || strings.Contains(out, "NATS refused a subject") { // which may only show as slowness
		t.Fatalf("exit code %d\n%s", code, out)
	}
	o := feed.Options{Name: "newsroom", State: "NW", Start: feed.Present, NATS: []nats.Option{nats.CustomInboxPrefix("_INBOX_newsroom")}}
	if !strings.Contains(string(read(t, "nats/accounts.conf")), "CREATE.PRESS."+o.Durable()+".press.v1.release.nw.>") {
		t.Fatalf("accounts.conf does not know the durable %s", o.Durable())
	}
	ctx, stop := context.WithTimeout(t.Context(), calm.Long)
	defer stop()
	n := 0
	err := feed.Subscribe(ctx, url("newsroom", s), o, func(context.Context, *schemas.Event) error {
		if n++; n == len(releases) {
			stop()
		}
		return nil
	})
	if err != nil || n != len(releases) {
		t.Errorf("%d of %d: %v", n, len(releases), err)
	}
}

// TestNoWritingByDelivery: whoever may make a consumer may say where its messages go, which the server does not hold against the rights of
// the user. What stands in PRESS says that it belongs there, so no other stream takes it.
func TestNoWritingByDelivery(t *testing.T) {
	t.Parallel()
	s := single(t)
	_, sources := demoSite(t)
	if code, out := kreispresse(t, "pipeline", []*server.Server{s}, "--sources", sources, "crawl"); code != app.ExitOK {
		t.Fatal(out)
	}
	operator, _ := client(t, "operator", s)
	seen, err := operator.Conn().SubscribeSync("press.v1.raw.injected.page")
	if err != nil {
		t.Fatal(err)
	}
	last := func(stream string) uint64 {
		st, err := operator.Stream(t.Context(), stream)
		if err != nil {
			t.Fatal(err)
		}
		return st.CachedInfo().State.LastSeq
	}
	before := last(schemas.StreamRaw)
	newsroom, _ := client(t, "newsroom", s)
	_, err = newsroom.CreatePushConsumer(t.Context(), schemas.StreamPress, jetstream.ConsumerConfig{
		Durable: "newsroom", FilterSubject: "press.v1.release.nw.>", DeliverSubject: "press.v1.raw.injected.page", AckPolicy: jetstream.AckNonePolicy,
	})
	if err != nil {
		t.Skipf("the server refuses that now, so that the README may say so: %v", err)
	}
	for range last(schemas.StreamPress) {
		if _, err := seen.NextMsg(calm.Long); err != nil {
			t.Fatal(err)
		}
	}
	// A message that the stream does take comes behind all that it did not.
	ack, err := operator.Publish(t.Context(), "press.v1.raw.injected.page", []byte("x"))
	if err != nil || ack.Sequence != before+1 {
		t.Errorf("PRESS_RAW was at %d, now %+v: %v", before, ack, err)
	}
}

// TestSystemAccount: the state of the server is for the administrator alone, who in turn has nothing to do with the streams.
func TestSystemAccount(t *testing.T) {
	s := single(t)
	admin, refusals := client(t, "admin", s)
	if m, err := admin.Conn().Request("$SYS.REQ.SERVER.PING", nil, calm.Long); err != nil || !strings.Contains(string(m.Data), s.Name()) {
		t.Errorf("%v, %v", m, err)
	}
	if _, err := admin.Stream(t.Context(), schemas.StreamPress); err == nil {
		t.Error("the administrator sees streams")
	}
	if len(refusals) != 0 {
		t.Error(<-refusals)
	}
	operator, refusals := client(t, "operator", s)
	denied(t, refusals, "$SYS.REQ.SERVER.PING", func(ctx context.Context) error {
		_, err := operator.Conn().RequestWithContext(ctx, "$SYS.REQ.SERVER.PING", nil)
		return err
	})
}

// TestClusterConfig: three nodes from one file find each other, streams get three copies, and a node is spared.
func TestClusterConfig(t *testing.T) {
	if testing.Short() {
		t.Skip("a cluster takes seconds")
	}
	nodes := cluster(t)
	releases, sources := demoSite(t)
	if code, out := kreispresse(t, "pipeline", nodes, "--sources", sources, "crawl"); code != app.ExitOK {
		t.Fatal(out)
	}
	operator, _ := client(t, "operator", nodes[1])
	st, err := operator.Stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	if i := st.CachedInfo(); i.Config.Replicas != 3 || i.State.Msgs != uint64(len(releases)) || i.Cluster.Name != "press" {
		t.Errorf("%d copies of %d messages, cluster %+v", i.Config.Replicas, i.State.Msgs, i.Cluster)
	}
	if code, out := kreispresse(t, "operator", nodes, "--sources", sources, "forget", "--reason", "x", releases[0]); code != app.ExitOK {
		t.Errorf("forget: exit code %d\n%s", code, out)
	}
	nodes[0].Shutdown()
	nodes[0].WaitForShutdown()
	if code, out := kreispresse(t, "replayer", nodes, "replay"); code != app.ExitOK || strings.Count(out, "specversion") != len(releases) {
		t.Errorf("without a node: exit code %d\n%.600s", code, out)
	}
	if code, out := kreispresse(t, "newsroom", nodes[1:], "status"); code != app.ExitUnavailable || !strings.Contains(out, "$JS.API.STREAM.INFO.") {
		t.Errorf("exit code %d\n%s", code, out)
	}

	// A node that does not know the password of the routes is none.
	if said := joinAs(t, nodes[1].ClusterAddr().String(), "guessed"); !strings.Contains(said, "Authorization Violation") {
		t.Errorf("a stranger is answered %q", said)
	}
	if said := joinAs(t, nodes[1].ClusterAddr().String(), password("route")); strings.Contains(said, "-ERR") {
		t.Errorf("a node is answered %q", said)
	}
}

// joinAs introduces itself to the routes of a cluster as a node would, and gives the answer.
func joinAs(t *testing.T, address, password string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	if _, err := r.ReadString('\n'); err != nil { // INFO
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "CONNECT {\"verbose\":true,\"user\":\"route\",\"pass\":%q,\"name\":\"stranger\",\"cluster\":\"press\"}\r\nPING\r\n", password)
	said, err := r.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// TestPipelineServes: run as the pipeline brings the feed to a webhook and answers requests, and nothing of it is refused.
func TestPipelineServes(t *testing.T) {
	t.Parallel()
	s := single(t)
	releases, sources := demoSite(t)
	taken := make(chan string, 2*len(releases))
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { taken <- r.Header.Get("webhook-id") }))
	defer hook.Close()
	config := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Appendf(nil, "webhooks: [{name: newsroom, url: %q, secret: whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u, from: 1}]\n", hook.URL)
	mustDo(t, os.WriteFile(config, text, 0o600))
	ctx, stop := context.WithCancel(t.Context())
	var log bytes.Buffer
	done := make(chan int)
	go func() {
		done <- app.Run(ctx, []string{"--nats", url("pipeline", s), "--nats-inbox", "_INBOX_pipeline", "--sources", sources, "--config", config, "run"},
			strings.NewReader(""), io.Discard, &log)
	}()
	var event string
	for range releases {
		select {
		case event = <-taken:
		case code := <-done:
			t.Fatalf("run ended: exit code %d\n%s", code, log.String())
		}
	}
	js, _ := client(t, "operator", s)
	id, _, _ := strings.Cut(event, "/")
	answer, err := js.Conn().RequestWithContext(t.Context(), schemas.ServiceSubject("releases.get"), fmt.Appendf(nil, `{"id": %q}`, id))
	if err != nil || !strings.Contains(string(answer.Data), `"kreis-ahrenfels"`) {
		t.Errorf("%v: %.300s", err, answer.Data)
	}
	stop()
	if code := <-done; code != app.ExitOK || strings.Contains(log.String(), "Permissions") || strings.Contains(log.String(), "cannot be") {
		t.Errorf("exit code %d:\n%s", code, log.String())
	}
}

// TestPipelineThatErases: with the line that is commented out, retention by run and forget work as the pipeline.
func TestPipelineThatErases(t *testing.T) {
	t.Parallel()
	dir := natsDir(t)
	file := filepath.Join(dir, "accounts.conf")
	text := strings.Replace(string(read(t, file)), `# "$JS.API.STREAM.MSG.DELETE.*"`, `"$JS.API.STREAM.MSG.DELETE.*"`, 1)
	mustDo(t, os.WriteFile(file, []byte(text), 0o600))
	s := startNATS(t, filepath.Join(dir, "single.conf"), nil)
	ready(t, s)
	releases, sources := demoSite(t)
	for _, args := range []string{"crawl", "forget --reason x " + releases[0], "retention", "verify"} {
		code, out := kreispresse(t, "pipeline", []*server.Server{s}, append([]string{"--sources", sources}, strings.Fields(args)...)...)
		if code != app.ExitOK {
			t.Errorf("%s: exit code %d\n%s", args, code, out)
		}
	}
}
