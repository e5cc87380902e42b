package publisher

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// puller keeps messages of a consumer on their way to us. Two requests for messages are out at any time and are asked for again as each is
// served, so that the broker never waits. nats.go's ordered consumer does the same with a timer for every message; here silence is noticed
// by the reader, and a consumer that is lost is made anew by it.
type puller struct {
	nc      *nats.Conn
	subject string // of the requests
	inbox   string
	sub     *nats.Subscription
	msgs    chan *nats.Msg
	size    asked
	request []byte  // for size
	out     []asked // the requests under way, the oldest first: the broker serves them in this order
}

// asked is what a request still has to bring. bytes 0: without a limit.
type asked struct{ messages, bytes int }

// What is asked for in advance, so that reading is fast and bodies do not fill the memory. nats.go drops what finds no place in the channel.
// So the bytes bound what is on its way, and the places are more than so many bytes can be messages: none is smaller, its subjects counted.
const (
	requestBytes    = 1 << 20
	smallestMessage = 128
	spareMessage    = 8 << 10 // subjects of the largest message, beyond what max_payload counts
	notices         = 256     // places for what the broker itself says
	inFlight        = 2       // requests
)

// The current state is asked for by number alone: when a byte limit ends a request of a last-per-subject consumer, nats-server 2.15.2
// drops the message that did not fit (TestLastAcrossBatches).
const readAheadLast = 128

// heartbeat is how often the broker says that it is there while nothing comes. After two are missed the consumer is made anew.
const heartbeat = time.Second

const requestExpires = 30 * time.Second

func (r *reader) pull() (*puller, error) {
	info := r.cons.CachedInfo()
	p := &puller{
		nc: r.b.nc, subject: "$JS.API.CONSUMER.MSG.NEXT." + info.Stream + "." + info.Name, inbox: r.b.nc.NewInbox(),
		size: asked{messages: readAheadLast},
	}
	if !r.want.last {
		limit := max(requestBytes, int(r.b.nc.MaxPayload())+spareMessage) // less than a message would stall
		if r.b.ahead > 0 {
			limit = r.b.ahead
		}
		p.size = asked{messages: limit/smallestMessage + 1, bytes: limit}
	}
	requests := inFlight
	if r.want.most > 0 {
		p.size.messages, requests = min(p.size.messages, r.want.most), 1
	}
	var err error
	p.request, err = json.Marshal(struct {
		Expires   time.Duration `json:"expires"`
		Batch     int           `json:"batch"`
		MaxBytes  int           `json:"max_bytes,omitempty"`
		Heartbeat time.Duration `json:"idle_heartbeat"`
	}{requestExpires, p.size.messages, p.size.bytes, heartbeat})
	if err != nil {
		return nil, err
	}
	p.msgs = make(chan *nats.Msg, inFlight*p.size.messages+notices)
	if p.sub, err = p.nc.ChanSubscribe(p.inbox, p.msgs); err != nil {
		return nil, err
	}
	for range requests {
		if err := p.ask(); err != nil {
			p.stop()
			return nil, err
		}
	}
	return p, nil
}

func (p *puller) stop() { _ = p.sub.Unsubscribe() }

// ask sends one more request.
func (p *puller) ask() error {
	p.out = append(p.out, p.size)
	return p.nc.PublishRequest(p.subject, p.inbox, p.request)
}

// again replaces the oldest request, which has ended.
func (p *puller) again() error {
	p.out = p.out[:copy(p.out, p.out[1:])]
	return p.ask()
}

// book counts a message towards the oldest request as the broker does: it is served when it has all its messages or exactly all its bytes.
func (p *puller) book(m *nats.Msg) error {
	if len(p.out) == 0 {
		return nil
	}
	oldest := &p.out[0]
	oldest.messages--
	served := oldest.messages <= 0
	if oldest.bytes > 0 {
		oldest.bytes -= m.Size()
		served = served || oldest.bytes <= 0
	}
	if !served {
		return nil
	}
	return p.again()
}

// errBeat is a heartbeat: the consumer lives, and nothing waits.
var errBeat = errors.New("heartbeat")

// notice acts on what the broker says itself. It returns errBeat for a heartbeat, errAnew when the consumer is lost, nil when there is
// nothing more to do.
func (p *puller) notice(m *nats.Msg) error {
	switch status, what := first(m.Header, "Status"), strings.ToLower(first(m.Header, "Description")); {
	case status == "100":
		return errBeat
	case status == "408", status == "404", status == "409" && strings.Contains(what, "exceeds maxbytes"):
		return p.again()
	case status == "409" && strings.Contains(what, "batch completed"):
		return nil // it was counted
	case status == "400":
		return &jetstream.APIError{Code: 400, Description: what}
	}
	return errAnew
}

// isNotice reports a message of the broker itself.
func isNotice(m *nats.Msg) bool {
	return len(m.Data) == 0 && len(m.Header) > 0 && first(m.Header, "Status") != ""
}

// place is what the reply subject of a delivered message says about it.
type place struct {
	stream   uint64 // sequence in the stream
	consumer uint64 // number of the message among those of the consumer, from 1
	pending  uint64 // messages that wait behind it
	time     time.Time
}

const errPlace = errString("a message came whose reply subject is not one of JetStream")

// placeOf reads $JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.<number>.<time>.<pending>, or the same with a domain and an account
// before the stream and perhaps a token at the end.
func placeOf(reply string) (p place, err error) {
	const old, lead = 9, "$JS.ACK."
	if !strings.HasPrefix(reply, lead) {
		return p, errPlace
	}
	skip := 5 // $JS, ACK, stream, consumer, delivered
	switch n := strings.Count(reply, ".") + 1; {
	case n > old+1:
		skip += 2
	case n != old:
		return p, errPlace
	}
	for range skip {
		_, reply, _ = strings.Cut(reply, ".")
	}
	var at uint64
	for _, to := range []*uint64{&p.stream, &p.consumer, &at, &p.pending} {
		var digits string
		digits, reply, _ = strings.Cut(reply, ".")
		if *to, err = decimal(digits); err != nil {
			return p, err
		}
	}
	p.time = time.Unix(0, int64(at))
	return p, nil
}

func decimal(s string) (n uint64, err error) {
	if s == "" || len(s) > 19 {
		return 0, errPlace
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, errPlace
		}
		n = n*10 + uint64(s[i]-'0')
	}
	return n, nil
}
