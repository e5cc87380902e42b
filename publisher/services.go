package publisher

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/nats-io/nats.go/micro"

	"github.com/kreispresse/kreispresse/schemas"
)

// Endpoint answers one kind of request over NATS. A request and its answer are one message each.
type Endpoint struct {
	Name        string // the end of its subject: schemas.ServiceSubject(Name)
	Description string
	Answer      func(ctx context.Context, request []byte) (answer []byte, err error)
}

// serviceName and serviceVersion are what `nats micro list` shows. The version is that of what the endpoints promise.
const (
	serviceName    = "kreispresse"
	serviceVersion = "1.0.0"
)

// Serve answers requests as a NATS micro service until ctx ends. The processes on one server share the requests. An error is answered with a code as
// in HTTP, and with the JSON form of the error as its body. A user who may not subscribe to the subjects serves nothing, with a word in the log.
func (b *Bus) Serve(ctx context.Context, list []Endpoint) error {
	srv, err := micro.AddService(b.nc, micro.Config{
		Name: serviceName, Version: serviceVersion, Description: "press releases of German public authorities", QueueGroup: serviceName,
		ErrorHandler: func(_ micro.Service, e *micro.NATSError) {
			b.log.Warn("a service has an error", "subject", e.Subject, "error", e.Description)
		},
	})
	if err != nil {
		return b.fail(ctx, "serve", serviceName, err)
	}
	for _, e := range list {
		err := srv.AddEndpoint(endpointName(e.Name), micro.HandlerFunc(func(r micro.Request) { b.answer(ctx, r, e) }),
			micro.WithEndpointSubject(schemas.ServiceSubject(e.Name)), micro.WithEndpointMetadata(map[string]string{"description": e.Description}))
		if err != nil {
			_ = srv.Stop()
			return b.fail(ctx, "serve", e.Name, err)
		}
	}
	<-ctx.Done()
	_ = srv.Stop() // the connection goes next
	return nil
}

// endpointName is a name as the protocol allows it: without dots.
func endpointName(name string) string {
	out := []byte(name)
	for i, c := range out {
		if c == '.' {
			out[i] = '-'
		}
	}
	return string(out)
}

func (b *Bus) answer(ctx context.Context, r micro.Request, e Endpoint) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	answer, err := e.Answer(ctx, r.Data())
	if size := int64(len(answer)) + messageMargin; err == nil && size > b.nc.MaxPayload() {
		err = errorf(schemas.KindTooLarge, "answer", e.Name, "the answer has %d bytes, a message may have %d", size, b.nc.MaxPayload())
	}
	if err == nil {
		err = r.Respond(answer)
	} else {
		err = refuse(r, err)
	}
	if err != nil && ctx.Err() == nil {
		b.log.Debug("a request was not answered", "endpoint", e.Name, "error", err)
	}
}

// refuse answers with an error.
func refuse(r micro.Request, err error) error {
	body, e := json.Marshal(err)
	if schemas.KindOf(err) == "" || e != nil {
		body, _ = json.Marshal(&schemas.Error{Op: "answer", Kind: schemas.KindInternal, Err: err})
	}
	return r.Error(strconv.Itoa(codeOf(schemas.KindOf(err))), schemas.OneLine(err).Error(), body)
}

// codeOf is the code of HTTP for a kind of error.
func codeOf(k schemas.Kind) int {
	switch k {
	case schemas.KindInvalid:
		return 400
	case schemas.KindNotFound:
		return 404
	case schemas.KindConflict, schemas.KindLocked:
		return 409
	case schemas.KindTooLarge:
		return 413
	case schemas.KindUnavailable:
		return 503
	}
	return 500
}
