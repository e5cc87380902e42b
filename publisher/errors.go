package publisher

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Error codes of the JetStream API that nats.go has no name for.
const (
	codeInsufficientResources = 10023
	codeStorageExceeded       = 10047 // insufficient storage resources available
	codeStoreFailed           = 10077 // also "maximum bytes exceeded": not a duplicate, see NATS' errors.json
	codeNoReplicas            = 10074 // replicas > 1 not supported in non-clustered mode
	codeNoPeers               = 10005 // no suitable peers for placement
)

// denied is the cause of a context that was cancelled because the server refused a subject. NATS reports refusals out of band;
// without this the caller would only see a timeout.
type denied struct{ text string }

func (d *denied) Error() string { return d.text }

// fail turns err, met while doing op to thing under ctx, into an *schemas.Error with a hint. An *schemas.Error is kept.
func (b *Bus) fail(ctx context.Context, op, thing string, err error) error {
	if err == nil {
		return nil
	}
	err = outOfBand(ctx, err)
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		return e
	}
	if d, ok := errors.AsType[*denied](err); ok {
		return &schemas.Error{Op: op, Thing: thing, Kind: schemas.KindUnavailable, Err: d, Hint: "grant the user this subject, or use another user"}
	}
	e := classify(op, thing, err)
	if b != nil && e.Kind == schemas.KindUnavailable {
		if why := b.unhealthy(); why != "" { // a full disk answers with silence
			e.Kind, e.Err, e.Hint = schemas.KindStorage, errors.New(why), hintStorage
		}
	}
	return e
}

// outOfBand is the cause for which a request was ended early, when there was one (see interrupts), else err.
func outOfBand(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	cause := context.Cause(ctx)
	if errors.Is(cause, nats.ErrDisconnected) {
		return cause
	}
	if _, ok := errors.AsType[*denied](cause); ok {
		return cause
	}
	if _, ok := errors.AsType[*schemas.Error](cause); ok { // the embedded server cannot write
		return cause
	}
	return err
}

const hintStorage = "free space or check the rights: nothing acknowledged is lost, and what keeps running goes on by itself"

// classify tells the kind of an error by NATS or the operating system.
func classify(op, thing string, err error) *schemas.Error {
	e := &schemas.Error{Op: op, Thing: thing, Kind: schemas.KindInternal, Err: schemas.OneLine(err)}
	var api *jetstream.APIError
	switch {
	case errors.Is(err, context.Canceled):
		e.Kind, e.Err = schemas.KindInternal, err
	case errors.As(err, &api):
		e.Kind, e.Hint = classifyAPI(api)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EDQUOT),
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EIO):
		e.Kind, e.Hint = schemas.KindStorage, hintStorage
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked),
		errors.Is(err, nats.ErrNkeysNotSupported), strings.Contains(err.Error(), "Authorization Violation"):
		e.Kind, e.Hint = schemas.KindUnavailable, "check user and password, token or credentials file"
	case errors.Is(err, nats.ErrPermissionViolation):
		e.Kind, e.Hint = schemas.KindUnavailable, "grant the user this subject, or use another user"
	case errors.Is(err, jetstream.ErrNoStreamResponse), errors.Is(err, nats.ErrNoResponders), errors.Is(err, jetstream.ErrJetStreamNotEnabled):
		e.Kind, e.Hint = schemas.KindUnavailable, HintNoJS
	case errors.Is(err, nats.ErrMaxPayload):
		e.Kind = schemas.KindTooLarge
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout), errors.Is(err, nats.ErrConnectionClosed),
		errors.Is(err, nats.ErrDisconnected), errors.Is(err, nats.ErrReconnectBufExceeded), errors.Is(err, nats.ErrNoServers),
		errors.Is(err, nats.ErrConnectionReconnecting), errors.Is(err, syscall.ECONNREFUSED),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), isNetwork(err):
		e.Kind, e.Hint = schemas.KindUnavailable, "check that the NATS server runs and that it can be reached"
		if errors.Is(err, nats.ErrReconnectBufExceeded) { // the client's words for a request while there is no connection
			e.Err = fmt.Errorf("the connection to NATS is lost%w", schemas.Quiet(err))
		}
	}
	return e
}

// isNetwork reports a host that has no address, no route to it, a handshake that failed.
func isNetwork(err error) bool {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return true
	}
	_, ok := errors.AsType[*net.OpError](err)
	return ok
}

func classifyAPI(api *jetstream.APIError) (schemas.Kind, string) {
	switch api.ErrorCode {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return schemas.KindConflict, "read it again and repeat"
	case jetstream.JSErrCodeMessageNotFound, jetstream.JSErrCodeConsumerNotFound:
		return schemas.KindNotFound, ""
	case jetstream.JSErrCodeStreamNotFound:
		return schemas.KindUnavailable, HintNoStreams
	case codeInsufficientResources, codeStorageExceeded, codeStoreFailed:
		return schemas.KindStorage, "free space, or raise the store limit of the server"
	case codeNoReplicas:
		return schemas.KindInvalid, "ask for fewer replicas, or add servers to the cluster"
	case codeNoPeers: // nodes that are down count, too
		return schemas.KindUnavailable, "look which servers of the cluster are down, or ask for fewer replicas"
	case jetstream.JSErrCodeStreamMessageExceedsMaximum:
		return schemas.KindTooLarge, ""
	}
	if api.Code == 503 {
		return schemas.KindUnavailable, "the server's JetStream is not ready: look at its log"
	}
	return schemas.KindInternal, ""
}

// isStarting reports what a cluster answers, or does not, while it has no leader or not all of its nodes.
func isStarting(err error) bool {
	if api, ok := errors.AsType[*jetstream.APIError](err); ok {
		return api.ErrorCode == codeNoPeers || isUncertain(err)
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, nats.ErrDisconnected) ||
		errors.Is(err, nats.ErrConnectionReconnecting)
}

// isConflict reports an expected-last-sequence that did not hold. Replicated streams answer with a code of their own.
func isConflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// isStreamGone reports a stream that does not exist.
func isStreamGone(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamNotFound
}

// isUncertain reports an error after which nobody knows whether the broker has stored the message.
func isUncertain(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code == 503 && api.ErrorCode != codeInsufficientResources && api.ErrorCode != codeStorageExceeded && api.ErrorCode != codeStoreFailed
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, nats.ErrDisconnected) ||
		errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, nats.ErrConnectionReconnecting) || errors.Is(err, nats.ErrNoResponders) ||
		errors.Is(err, jetstream.ErrNoStreamResponse)
}

func errorf(kind schemas.Kind, op, thing, format string, v ...any) *schemas.Error {
	return &schemas.Error{Op: op, Kind: kind, Thing: thing, Err: fmt.Errorf(format, v...)}
}
