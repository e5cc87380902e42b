package publisher

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bus is an open connection to the broker. It may be used from several goroutines. Close it when done.
type Bus struct {
	cfg  Config
	log  *slog.Logger
	nc   *nats.Conn
	js   jetstream.JetStream
	emb  *embedded // nil when the server is another process
	pack *packer

	denials denials
	settled broadcast // a delivery was settled and no other is in hand

	mu      sync.Mutex
	streams map[string]jetstream.Stream
	close   sync.Once
}

var _ io.Closer = (*Bus)(nil)

// Open starts the embedded server or connects to the one named, and makes sure that the streams are as the table in streams.go says.
//
// Errors: KindLocked when another process uses the data directory; KindStorage when it cannot be written; KindUnavailable when the
// server cannot be reached or refuses; KindInvalid when a stream exists with settings that would lose or hide something.
func Open(ctx context.Context, cfg Config, log *slog.Logger) (*Bus, error) {
	cfg = cfg.withDefaults()
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	b := &Bus{cfg: cfg, log: log, streams: make(map[string]jetstream.Stream)}
	var err error
	if b.pack, err = newPacker(); err != nil {
		return nil, err
	}
	if cfg.URL == "" {
		if b.emb, err = startEmbedded(cfg, log); err != nil {
			return nil, err
		}
	}
	if err := b.connect(ctx); err != nil {
		b.Close()
		return nil, err
	}
	if err := b.ensureStreams(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func (b *Bus) connect(ctx context.Context) error {
	fail := func(err error) error { return b.fail(ctx, "connect", b.cfg.thing(), err) }
	if err := ctx.Err(); err != nil {
		return fail(err)
	}
	opts, err := b.options()
	if err != nil {
		return err
	}
	if b.nc, err = nats.Connect(b.cfg.URL, opts...); err != nil {
		return fail(err)
	}
	b.js, err = jetstream.New(b.nc, jetstream.WithDefaultTimeout(requestTimeout))
	return fail(err)
}

func (b *Bus) options() ([]nats.Option, error) {
	c := b.cfg
	opts := []nats.Option{
		nats.Name(c.Name),
		nats.Timeout(connectTimeout),
		nats.MaxReconnects(-1),
		nats.ReconnectBufSize(-1), // no hidden queue: what is not sent fails, and is retried by whoever knows whether that is right
		nats.ErrorHandler(b.onError),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				b.log.Warn("lost the connection to NATS, trying again", "error", err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) { b.log.Info("connected to NATS again", "server", nc.ConnectedUrlRedacted()) }),
	}
	if b.emb != nil {
		return append(opts, nats.InProcessServer(b.emb.srv)), nil
	}
	if c.InboxPrefix != "" {
		opts = append(opts, nats.CustomInboxPrefix(c.InboxPrefix))
	}
	if c.Creds != "" {
		opts = append(opts, nats.UserCredentials(c.Creds))
	}
	if c.User != "" {
		opts = append(opts, nats.UserInfo(c.User, c.Password))
	}
	if c.Token != "" {
		opts = append(opts, nats.Token(c.Token))
	}
	if c.TLSCA != "" {
		opts = append(opts, nats.RootCAs(c.TLSCA))
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return nil, &schemas.Error{Op: "connect", Kind: schemas.KindInvalid, Err: errors.New("a client certificate needs its key and a key its certificate"),
			Hint: "give both, or neither"}
	}
	if c.TLSCert != "" {
		opts = append(opts, nats.ClientCert(c.TLSCert, c.TLSKey))
	}
	return opts, nil
}

// onError receives what NATS reports out of band: refused subjects, slow consumers.
func (b *Bus) onError(_ *nats.Conn, _ *nats.Subscription, err error) {
	if errors.Is(err, nats.ErrPermissionViolation) {
		b.denials.report(err.Error())
		b.log.Debug("NATS refused a subject", "error", err)
		return
	}
	b.log.Warn("NATS reports an error", "error", err)
}

// Close ends the connection and, if it is embedded, the server; it returns when every file is closed. Closing twice is harmless.
func (b *Bus) Close() error {
	b.close.Do(func() {
		if b.nc != nil && !b.nc.IsClosed() {
			done := make(chan struct{})
			b.nc.SetClosedHandler(func(*nats.Conn) { close(done) })
			if err := b.nc.Drain(); err != nil {
				b.nc.Close()
			} else {
				<-done // Drain closes after its timeout of 30 s at the latest
			}
		}
		if b.emb != nil {
			b.emb.stop()
		}
	})
	return nil
}

// unhealthy asks an embedded server what is wrong; of another process nothing can be told.
func (b *Bus) unhealthy() string {
	if b.emb == nil {
		return ""
	}
	return b.emb.unhealthy()
}

// stream gives a handle, asked for once.
func (b *Bus) stream(ctx context.Context, name string) (jetstream.Stream, error) {
	b.mu.Lock()
	s := b.streams[name]
	b.mu.Unlock()
	if s != nil {
		return s, nil
	}
	s, err := b.js.Stream(ctx, name)
	if err == nil {
		b.setStream(name, s)
	}
	return s, err
}

func (b *Bus) setStream(name string, s jetstream.Stream) {
	b.mu.Lock()
	b.streams[name] = s
	b.mu.Unlock()
}

// request is a context for one request to the broker about stream and subject: it times out, and it ends early with *denied as its
// cause when the server refuses a subject that belongs to it.
func (b *Bus) request(ctx context.Context, stream, subject string) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	ctx, cause := context.WithCancelCause(ctx)
	forget := b.denials.watch(stream, subject, func(text string) { cause(&denied{text}) })
	return ctx, func() { forget(); cause(nil); cancel() }
}

// pause waits d or until ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// denials hands out-of-band refusals to the requests that caused them.
type denials struct {
	mu      sync.Mutex
	next    int
	waiting map[int]denialWatch
}

type denialWatch struct {
	stream, subject string
	refuse          func(text string)
}

func (d *denials) watch(stream, subject string, refuse func(string)) (forget func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting == nil {
		d.waiting = make(map[int]denialWatch)
	}
	d.next++
	id := d.next
	d.waiting[id] = denialWatch{stream, subject, refuse}
	return func() {
		d.mu.Lock()
		delete(d.waiting, id)
		d.mu.Unlock()
	}
}

// report tells every request that the refused subject belongs to: its own subject, an API subject with its stream, or the inbox.
func (d *denials) report(text string) {
	_, subject, _ := strings.Cut(text, `"`)
	subject, _, _ = strings.Cut(subject, `"`)
	text = strings.TrimPrefix(text, "nats: permissions violation: ")
	inbox := strings.Contains(text, "Subscription to")
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.waiting {
		if inbox || subject == w.subject || strings.HasPrefix(subject, "$") && hasToken(subject, w.stream) {
			w.refuse(text)
		}
	}
}

func hasToken(subject, token string) bool {
	for t := range strings.SplitSeq(subject, ".") {
		if t == token {
			return true
		}
	}
	return false
}

// broadcast wakes everybody who waits.
type broadcast struct {
	mu sync.Mutex
	ch chan struct{}
}

// wait is a channel that the next wake closes.
func (b *broadcast) wait() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *broadcast) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}

// stored is one message as the stream holds it.
type stored struct {
	subject string
	seq     uint64
	header  nats.Header
	data    []byte
	time    time.Time
}

// last reads the newest message of a subject, nil when there is none. It asks the stream's leader: a direct get may be answered by
// a follower that has not caught up, and then an outdated release would look like the current one.
func (b *Bus) last(ctx context.Context, stream, subject string) (*stored, error) {
	ctx, cancel := b.request(ctx, stream, subject)
	defer cancel()
	m, err := leaderGet(ctx, b.nc, stream, map[string]any{"last_by_subj": subject})
	if err != nil {
		return nil, b.fail(ctx, "read", subject, err)
	}
	return m, nil
}

func errorf(kind schemas.Kind, op, thing, format string, v ...any) *schemas.Error {
	return &schemas.Error{Op: op, Kind: kind, Thing: thing, Err: fmt.Errorf(format, v...)}
}
