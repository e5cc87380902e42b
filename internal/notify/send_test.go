package notify

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/schemas"
)

const testSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u"

// got is one request that a webhook has received.
type got struct {
	http.Header
	body string
}

// receive is a webhook that answers with the given status codes in turn, then with 200.
func receive(t *testing.T, codes ...int) (*httptest.Server, chan got) {
	ch := make(chan got, 100)
	var mu sync.Mutex
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		mu.Lock()
		code := http.StatusOK
		if len(codes) > 0 {
			code, codes = codes[0], codes[1:]
		}
		mu.Unlock()
		if code/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(code)
		ch <- got{r.Header, string(b)}
	}))
	t.Cleanup(s.Close)
	return s, ch
}

func config(t *testing.T, text string) *Config {
	t.Helper()
	var c Config
	if err := yaml.UnmarshalWithOptions([]byte(text), &c, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return &c
}

func channelOf(t *testing.T, text string) channel {
	t.Helper()
	list, err := config(t, text).channels()
	if err != nil {
		t.Fatal(err)
	}
	return list[0]
}

// TestStandard verifies a message as the specification of Standard Webhooks wants receivers to.
func TestStandard(t *testing.T) {
	s, ch := receive(t)
	m := ofAlarm(health.Alarm{Source: "kreis-musterau", State: health.Broken, Says: "no listing", Since: noon, At: noon}, noon)
	if err := channelOf(t, "webhooks: [{url: "+s.URL+"/in, secret: "+testSecret+"}]").send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	r := <-ch
	id, stamp := r.Get("webhook-id"), r.Get("webhook-timestamp")
	mac := hmac.New(sha256.New, []byte("0123456789abcdefghijklmn"))
	fmt.Fprintf(mac, "%s.%s.%s", id, stamp, r.body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); id != m.ID || r.Get("webhook-signature") != want {
		t.Errorf("id %q, signature %q, want %q", id, r.Get("webhook-signature"), want)
	}
	if n, err := strconv.ParseInt(stamp, 10, 64); err != nil || time.Unix(n, 0).Before(noon.AddDate(-5, 0, 0)) {
		t.Errorf("timestamp %q", stamp)
	}
	var body struct {
		Type, Timestamp string
		Data            struct {
			Title, Text string
			Urgent      bool
			Alarms      []health.Alarm
		}
	}
	if err := json.Unmarshal([]byte(r.body), &body); err != nil || r.Get("Content-Type") != "application/json" {
		t.Fatalf("%v: %s", err, r.body)
	}
	if body.Type != TypeIncident || body.Timestamp != "2026-11-25T12:00:00Z" || body.Data.Title != m.Title || !body.Data.Urgent || len(body.Data.Alarms) != 1 {
		t.Errorf("%s", r.body)
	}
}

func TestFormats(t *testing.T) {
	s, ch := receive(t)
	m := newMessage(TypeIncident, noon, "Kreis Möhrn & <Rest>", "zu spät")
	m.Urgent = true
	for format, want := range map[string]string{FormatNtfy: "zu spät", FormatSlack: `{"text":"*Kreis Möhrn \u0026amp; \u0026lt;Rest\u0026gt;*\nzu spät"}`} {
		c := channelOf(t, "webhooks: [{url: "+s.URL+", format: "+format+", token: tk_geheim}]")
		if err := c.send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		r := <-ch
		if r.body != want || r.Get("Authorization") != "Bearer tk_geheim" || r.Get("webhook-signature") != "" {
			t.Errorf("%s: %v %s", format, r.Header, r.body)
		}
		if format == FormatNtfy && (r.Get("Title") != "=?utf-8?q?Kreis_M=C3=B6hrn_&_<Rest>?=" || r.Get("Priority") != "high") {
			t.Errorf("%v", r.Header)
		}
	}
}

// box is an outbox whose pauses are at the test's command.
func box(t *testing.T, c channel) (*outbox, chan time.Duration, chan time.Time, *strings.Builder) {
	var log strings.Builder
	o := newOutbox(c, slog.New(slog.NewTextHandler(&log, nil)), NewMetrics(nil))
	asked, over := make(chan time.Duration, 100), make(chan time.Time)
	o.sleep = func(d time.Duration) <-chan time.Time { asked <- d; return over }
	return o, asked, over, &log
}

func (o *outbox) counts() (n [4]float64) {
	for i, r := range []string{resultSent, resultRetried, resultFailed, resultDropped} {
		n[i] = testutil.ToFloat64(o.metrics.total.WithLabelValues(r))
	}
	return n
}

// start runs an outbox and gives what ends it and waits for the end.
func start(t *testing.T, o *outbox) func() {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { o.run(ctx, t.Context()); close(done) }()
	return func() { cancel(); <-done }
}

// TestRetries: a message is tried until it is taken, with the same id, and those behind it wait for it; what is refused for good is not.
func TestRetries(t *testing.T) {
	s, ch := receive(t, 503, 429, 200, 404)
	o, asked, over, log := box(t, channelOf(t, "webhooks: [{url: "+s.URL+"/geheim, secret: "+testSecret+"}]"))
	stop := start(t, o)
	first := Test(noon)
	o.put(first)
	if d := <-asked; d != firstRetry {
		t.Errorf("pause %v", d)
	}
	o.put(Message{ID: "refused", Title: "b"})
	o.put(Message{ID: "third", Title: "c"})
	over <- noon
	if d := <-asked; d != 2*firstRetry {
		t.Errorf("pause %v", d)
	}
	over <- noon
	for _, want := range []string{first.ID, first.ID, first.ID, "refused", "third"} {
		if id := (<-ch).Get("webhook-id"); id != want {
			t.Errorf("%s, want %s", id, want)
		}
	}
	stop()
	o.drain(t.Context()) // its answer may have been on its way
	if n := o.counts(); n != [4]float64{2, 2, 1, 0} {
		t.Errorf("counted %v", n)
	}
	if strings.Contains(log.String(), "geheim") || strings.Contains(log.String(), "whsec") {
		t.Errorf("a secret in the log:\n%s", log)
	}
}

// TestNeverWaits: whoever does not answer at all keeps nobody waiting, and does not fill the memory; at the end all is tried once more.
func TestNeverWaits(t *testing.T) {
	o, asked, _, _ := box(t, away{})
	stop := start(t, o)
	for i := range waiting + 3 {
		o.put(Message{ID: fmt.Sprint(i)})
	}
	<-asked
	stop()
	if n := o.counts(); n[3] != 3 && n[3] != 2 || len(o.queue) != waiting {
		t.Errorf("counted %v, %d wait", n, len(o.queue))
	}
	o.drain(t.Context())
	if n := o.counts(); n[2] != waiting || len(o.queue) != 0 {
		t.Errorf("counted %v, %d wait", n, len(o.queue))
	}
}

// TestGivesUp: after a day a message is given up.
func TestGivesUp(t *testing.T) {
	o, _, _, _ := box(t, away{})
	o.put(Test(noon))
	for _, c := range []struct {
		age  time.Duration
		left int
	}{{giveUp - lastRetry, 1}, {giveUp, 0}} {
		l := o.queue[0]
		o.now = func() time.Time { return l.put.Add(c.age) }
		l.attempts = 20
		if o.deliver(t.Context(), l); len(o.queue) != c.left {
			t.Errorf("after %v %d wait", c.age, len(o.queue))
		}
	}
}

type away struct{}

func (away) name() string                        { return "away" }
func (away) send(context.Context, Message) error { return errAway }

// TestAnswers: what an answer means. A redirect is not followed.
func TestAnswers(t *testing.T) {
	for code, want := range map[int]string{
		200: "sent", 204: "sent", 301: "never", 400: "never", 401: "never", 410: "never", 408: "later", 425: "later", 429: "later",
		500: "later",
	} {
		s, ch := receive(t, code)
		err := channelOf(t, "webhooks: [{url: "+s.URL+", format: slack}]").send(t.Context(), Test(noon))
		got := "later"
		if err == nil {
			got = "sent"
		} else if lasting(err) {
			got = "never"
		}
		if got != want || len(ch) != 1 {
			t.Errorf("%d: %s (%v), want %s; %d requests", code, got, err, want, len(ch))
		}
	}
	err := channelOf(t, "webhooks: [{url: 'http://127.0.0.1:1/geheim', format: slack}]").send(t.Context(), Test(noon))
	if err == nil || lasting(err) || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody listens: %v", err)
	}
}

// mailServer is an SMTP server for one conversation; reject is what it says to the message.
func mailServer(t *testing.T, reject string, over *tls.Config) (port int, letters chan string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = l.Addr().(*net.TCPAddr).Port
	if over != nil {
		l = tls.NewListener(l, over)
	}
	t.Cleanup(func() { _ = l.Close() })
	letters = make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		var all strings.Builder
		fmt.Fprint(conn, "220 mail.musterau.example ESMTP\r\n")
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			all.WriteString(line)
			switch verb, _, _ := strings.Cut(strings.TrimSpace(line), " "); strings.ToUpper(verb) {
			case "EHLO":
				fmt.Fprint(conn, "250-mail.musterau.example\r\n250 AUTH PLAIN LOGIN\r\n")
			case "AUTH":
				fmt.Fprint(conn, "235 ok\r\n")
			case "DATA":
				if reject != "" {
					fmt.Fprint(conn, reject+"\r\n")
					continue
				}
				fmt.Fprint(conn, "354 go on\r\n")
				for line != ".\r\n" && err == nil {
					line, err = r.ReadString('\n')
					all.WriteString(line)
				}
				fmt.Fprint(conn, "250 taken\r\n")
				letters <- all.String()
			case "QUIT":
				fmt.Fprint(conn, "221 bye\r\n")
				return
			default:
				fmt.Fprint(conn, "250 ok\r\n")
			}
		}
	}()
	return port, letters
}

const mailConfig = "mail: {host: 127.0.0.1, port: %d, tls: none, from: kreispresse@musterau.example, " +
	"to: [a@musterau.example, b@musterau.example]}"

func TestMail(t *testing.T) {
	cert := httptest.NewTLSServer(nil) // for its certificate
	defer cert.Close()
	port, letters := mailServer(t, "", &tls.Config{Certificates: cert.TLS.Certificates})
	m := newMessage(TypeIncident, noon, "Kreis Möhrn is broken", "no listing")
	m.Urgent = true
	c := channelOf(t, strings.Replace(fmt.Sprintf(mailConfig, port), "tls: none", "tls: tls, user: presse, password: geheim", 1)).(*post)
	c.trust = &tls.Config{RootCAs: cert.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, ServerName: "127.0.0.1"}
	if err := c.send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	letter := <-letters
	for _, want := range []string{
		"MAIL FROM:<kreispresse@musterau.example>", "RCPT TO:<a@musterau.example>", "RCPT TO:<b@musterau.example>", "AUTH PLAIN",
		"Subject: =?UTF-8?q?[kreispresse]_Kreis_M=C3=B6hrn_is_broken?=", "Auto-Submitted: auto-generated", m.ID, "no listing", "Importance: high",
	} {
		if !strings.Contains(letter, want) {
			t.Errorf("without %q:\n%s", want, letter)
		}
	}
}

func TestMailRefused(t *testing.T) {
	for answer, want := range map[string]bool{"554 no": true, "451 later": false} {
		port, _ := mailServer(t, answer, nil)
		if err := channelOf(t, fmt.Sprintf(mailConfig, port)).send(t.Context(), Test(noon)); err == nil || lasting(err) != want {
			t.Errorf("%s: %v, for good: %v", answer, err, lasting(err))
		}
	}
	err := channelOf(t, fmt.Sprintf(mailConfig, 1)).send(t.Context(), Test(noon))
	if err == nil || lasting(err) || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody listens: %v", err)
	}
	port, _ := mailServer(t, "", nil)
	secure := strings.Replace(fmt.Sprintf(mailConfig, port), "tls: none", "tls: starttls, user: presse, password: geheim", 1)
	if err := channelOf(t, secure).send(t.Context(), Test(noon)); err == nil {
		t.Error("a password went without TLS to a server that has none")
	}
}

// TestConfig: what is wrong is told with its key and the way out, and no secret in it.
func TestConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(testSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"{}":                                  "notify.mail: nobody is told",
		"webhooks: [{url: 'https://geheim'}]": "notify.webhooks[0].secret",
		"webhooks: [{url: 'https://geheim', secret: geheim}]":                                                 "notify.webhooks[0].secret",
		"webhooks: [{url: 'https://geheim', secret: whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG0=}]":                 "notify.webhooks[0].secret", // 23 bytes
		"webhooks: [{url: 'https://geheim', secret_file: /nirgends}]":                                         "notify.webhooks[0].secret: its file",
		"webhooks: [{url: 'https://geheim', secret: x, secret_file: " + file + "}]":                           "given twice",
		"webhooks: [{url: 'ftp://geheim'}]":                                                                   "notify.webhooks[0].url",
		"webhooks: [{url: 'https://geheim', format: matrix}]":                                                 `"matrix" (standard, ntfy or slack)`,
		"webhooks: [{url: 'https://geheim', format: ntfy}]":                                                   "",
		"webhooks: [{url: 'https://geheim', secret_file: " + file + "}]":                                      "",
		"{digest: '25:00', webhooks: [{url: 'https://geheim', format: ntfy}]}":                                "notify.digest",
		"{digest: '07:30', time_zone: Europa/Berlin, webhooks: [{url: 'https://g', format: ntfy}]}":           "notify.time_zone",
		"{after: 25h, webhooks: [{url: 'https://geheim', format: ntfy}]}":                                     "notify.after",
		"{after: 24h, digest: '07:30', webhooks: [{url: 'https://geheim', format: ntfy}]}":                    "",
		"mail: {host: 'm.example:25', from: a@b.example, to: [a@b.example]}":                                  "notify.mail.host",
		"mail: {host: m.example, port: 65536, from: a@b.example, to: [a@b.example]}":                          "notify.mail.port",
		"mail: {host: m.example, tls: ssl, from: a@b.example, to: [a@b.example]}":                             "notify.mail.tls",
		"mail: {host: m.example, tls: none, user: u, password: geheim, from: a@b.example, to: [a@b.example]}": "notify.mail.tls",
		"mail: {host: m.example, from: a@b.example}":                                                          "notify.mail.to",
		"mail: {host: m.example, from: nobody, to: [a@b.example]}":                                            "notify.mail.from",
		"mail: {host: m.example, from: a@b.example, to: [a@b.example], password: geheim}":                     "notify.mail.user",
		"mail: {host: m.example, from: a@b.example, to: [a@b.example], user: u, password: geheim}":            "",
		"mail: {host: m.example, from: a@b.example, to: [a@b.example]}":                                       "",
		"mail: {host: m.example, from: a@b.example, to: [a@b.example], user: u, password_file: /no}":          "notify.mail.password: its file",
	} {
		_, err := New(config(t, text), Options{})
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") || schemas.KindOf(err) != schemas.KindInvalid {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if n, err := New(nil, Options{}); n != nil || err != nil {
		t.Errorf("%v, %v", n, err)
	}
}

// TestSecrets: whatever prints a configuration prints no secret.
func TestSecrets(t *testing.T) {
	c := config(t, "{mail: {password: geheim}, webhooks: [{url: geheim, secret: geheim, token: geheim}]}")
	if c.Mail.Password != "geheim" || c.Webhooks[0].URL != "geheim" {
		t.Fatal("not read")
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "password", c.Mail.Password, "mail", *c.Mail)
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%v %+v %#v %s %q", *c.Mail, *c.Mail, *c.Mail, c.Mail.Password, c.Mail.Password) + fmt.Sprintf("%+v %#v", c.Webhooks, c.Webhooks) +
		log.String() + string(asJSON) + string(asYAML)
	if strings.Contains(all, "geheim") || !strings.Contains(all, "[secret]") {
		t.Error(all)
	}
	var m Mail
	err = yaml.Unmarshal([]byte("password: [geheim]"), &m)
	if line, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n"); err == nil || strings.Contains(line, "geheim") {
		t.Errorf("%v", err)
	}
}
