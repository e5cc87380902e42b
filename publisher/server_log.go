package publisher

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/nats-io/nats-server/v2/server"
)

// serverLog passes what the embedded server logs on to slog and remembers why it could not start.
type serverLog struct {
	log      *slog.Logger
	critical func(why string)
	why      atomic.Pointer[string]
}

func (l *serverLog) fatal() string {
	if s := l.why.Load(); s != nil {
		return *s
	}
	return ""
}

// Noticef, Warnf, Errorf, Fatalf, Debugf and Tracef are server.Logger. A fatal line only ends the start, never the process.
func (l *serverLog) Noticef(format string, v ...any) {
	l.log.Debug("nats: " + fmt.Sprintf(format, v...))
}

func (l *serverLog) Warnf(format string, v ...any) { l.log.Warn("nats: " + fmt.Sprintf(format, v...)) }
func (l *serverLog) Debugf(string, ...any)         {}
func (l *serverLog) Tracef(string, ...any)         {}

func (l *serverLog) Errorf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.log.Error("nats: " + s)
	if _, why, ok := strings.Cut(s, "ritical write error: "); ok { // the wording of the server; were it to change, requests time out
		l.critical(strings.Join(strings.Fields(why), " "))
	}
}

func (l *serverLog) Fatalf(format string, v ...any) {
	s := strings.Join(strings.Fields(fmt.Sprintf(format, v...)), " ")
	l.why.CompareAndSwap(nil, &s)
}

var _ server.Logger = (*serverLog)(nil)
