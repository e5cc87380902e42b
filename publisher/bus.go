package publisher

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bus is an open connection to the broker. It may be used from several goroutines. Close it when done.
type Bus struct {
	cfg Config
	log *slog.Logger
	nc  *nats.Conn
	js  jetstream.JetStream
	emb *embedded // nil when the server is another process
	// joined is set when that other process is a kreispresse that has our data directory in use.
	joined *door
	pack   *packer

	inflight interrupts
	broken   brokenStore // why nothing can be written any more
	wrote    atomic.Bool // since the last marks
	lowness  lowness
	grownOn  atomic.Int64 // the day since 1970 on which it was noted how much is stored
	healing  sync.Mutex   // while an embedded server that could not write is started anew
	// unsettled is set when an erasure was begun and not ended, or there are receipts of some and no account.
	unsettled atomic.Bool
	damage    []Finding       // found when it was opened
	hidden    map[string]bool // streams that the user may not look at when it was opened
	blind     names           // streams that turned out to be so later

	countAt atomic.Uint64 // PRESS sequence at which the counts are brought up to date
	ahead   int           // bytes that one request of a reader asks for; 0: see reader.pull

	together together // releases that are published at the same time

	clock      clock
	rebuilding sync.Mutex

	mu      sync.Mutex
	streams map[string]jetstream.Stream
	close   sync.Once
}

var _ io.Closer = (*Bus)(nil)

// Open starts the embedded server or connects to the one named, and makes sure that the streams are as the table in streams.go says.
//
// Errors: KindLocked when another process uses the data directory; KindStorage when it cannot be written; KindUnavailable when the
// server cannot be reached or refuses; KindInvalid when a stream exists with settings that would lose or hide something; KindStorage,
// too, when a stream has lost something that was in it (see marks.go), unless Config.Damaged.
func Open(ctx context.Context, cfg Config, log *slog.Logger) (*Bus, error) {
	cfg = cfg.withDefaults()
	b := newBus(cfg, log)
	var err error
	if b.pack, err = newPacker(); err != nil {
		return nil, err
	}
	if cfg.URL == "" {
		b.emb, err = startEmbedded(cfg, b.log, b.failed)
		if cfg.Join && schemas.KindOf(err) == schemas.KindLocked {
			err = b.enter(ctx, err)
		}
		if err != nil {
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

func newBus(cfg Config, log *slog.Logger) *Bus {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Bus{cfg: cfg, log: log, streams: make(map[string]jetstream.Stream), hidden: make(map[string]bool)}
}

func (b *Bus) connect(ctx context.Context) error {
	fail := func(err error) error { return b.fail(ctx, "connect", b.cfg.thing(), err) }
	if err := ctx.Err(); err != nil {
		return fail(err)
	}
	if err := b.cfg.checkURL(); b.cfg.URL != "" && err != nil {
		return err
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
		nats.DrainTimeout(connectTimeout),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(reconnectWait),
		nats.ReconnectBufSize(-1), // no hidden queue: what is not sent fails, and is retried by whoever knows whether that is right
		nats.ErrorHandler(b.onError),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			b.inflight.all(nats.ErrDisconnected)
			if err != nil {
				b.log.Warn("lost the connection to NATS, trying again", "error", err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) { b.log.Info("connected to NATS again", "server", nc.ConnectedUrlRedacted()) }),
	}
	if b.emb != nil {
		return append(opts, nats.InProcessServer(b.emb), nats.Token(b.emb.token), nats.DrainTimeout(drainTimeout)), nil
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
		return nil, &schemas.Error{
			Op: "connect", Kind: schemas.KindInvalid, Err: errors.New("a client certificate needs its key and a key its certificate"),
			Hint: "give both, or neither",
		}
	}
	if c.TLSCert != "" {
		opts = append(opts, nats.ClientCert(c.TLSCert, c.TLSKey))
	}
	return opts, nil
}

// onError receives what NATS reports out of band: refused subjects, slow consumers.
func (b *Bus) onError(_ *nats.Conn, _ *nats.Subscription, err error) {
	if errors.Is(err, nats.ErrPermissionViolation) {
		b.inflight.refused(err.Error())
		if schemas.IsService(refusedSubject(err.Error())) {
			b.log.Warn("requests are not answered: grant the user what is named, or run with --no-services", "error", err)
			return
		}
		b.log.Debug("NATS refused a subject", "error", err)
		return
	}
	if errors.Is(err, nats.ErrSlowConsumer) {
		b.log.Debug("reading falls behind; what was dropped here is read again", "error", err) // see reader.options
		return
	}
	b.log.Warn("NATS reports an error", "error", err)
}

// Close ends the connection and, if it is embedded, the server; it returns when every file is closed, or after less than 5 s when the
// server is stuck: nothing acknowledged is lost by that. Closing twice is harmless.
func (b *Bus) Close() error {
	b.close.Do(func() {
		if b.nc != nil {
			b.markOnClose(markTimeout)
		}
		if b.nc != nil && !b.nc.IsClosed() {
			done := make(chan struct{})
			b.nc.SetClosedHandler(func(*nats.Conn) { close(done) })
			if err := b.nc.Drain(); err != nil {
				b.nc.Close()
			} else {
				<-done // Drain closes after its timeout at the latest
			}
		}
		if b.emb != nil && !b.emb.stop() {
			b.log.Error("the embedded NATS server does not end and is left behind; nothing acknowledged is lost", "dir", b.emb.dir)
		}
	})
	return nil
}

// intact is an error when the place where an embedded server keeps a stream is no longer there; it ends everything else, too.
func (b *Bus) intact(stream string) error {
	if b.emb == nil {
		return nil
	}
	err := b.emb.intact(stream)
	if err != nil {
		b.breakDown(err)
	}
	return err
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

// request is a context for one request to the broker about stream and subject: it times out, and it ends early, with a cause, when
// the server refuses a subject that belongs to it, when the connection is lost, or when the embedded server cannot write.
func (b *Bus) request(ctx context.Context, stream, subject string) (context.Context, context.CancelFunc) {
	return b.requestFor(ctx, requestTimeout, stream, subject)
}

func (b *Bus) requestFor(ctx context.Context, d time.Duration, stream, subject string) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, d)
	ctx, cause := context.WithCancelCause(ctx)
	forget := b.inflight.watch(stream, subject, cause)
	if err := b.broken.get(); err != nil {
		cause(err)
	}
	return ctx, func() { forget(); cause(nil); cancel() }
}

// guarded is a context for work of many requests about a stream: it ends, with a cause, when the server refuses a subject of it, or when
// the embedded server breaks down, for which nats.go would wait. A lost connection does not end it: the work goes on when it is back.
func (b *Bus) guarded(ctx context.Context, stream string) (context.Context, context.CancelFunc) {
	ctx, cause := context.WithCancelCause(ctx)
	forget := b.inflight.watch(stream, "", func(why error) {
		if !errors.Is(why, nats.ErrDisconnected) {
			cause(why)
		}
	})
	if err := b.broken.get(); err != nil {
		cause(err)
	}
	return ctx, func() { forget(); cause(nil) }
}
