package publisher

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

const bodiesPrefix = "$O." + schemas.BucketBodies + "."

// bodySubject is where the description of a body stands.
func bodySubject(name string) string {
	return bodiesPrefix + "M." + base64.URLEncoding.EncodeToString([]byte(name))
}

// putBody stores a body under its name, once.
func (b *Bus) putBody(ctx context.Context, name string, data []byte) error {
	ctx, cancel := b.requestFor(ctx, bodyTimeout, streamBodies, "")
	defer cancel()
	fail := func(err error) error { return b.fail(ctx, "append", "object "+name, err) }
	store, err := b.js.ObjectStore(ctx, schemas.BucketBodies)
	if err != nil {
		return fail(err)
	}
	if _, err := store.GetInfo(ctx, name); !errors.Is(err, jetstream.ErrObjectNotFound) {
		return fail(err)
	}
	b.wrote.Store(true)
	_, err = store.Put(ctx, jetstream.ObjectMeta{Name: name}, bytes.NewReader(data))
	return fail(err)
}

// body reads an object. An error that is no *schemas.Error says that it is not there or not whole. The reader of nats.go would wait for a
// chunk that is damaged.
func (b *Bus) body(ctx context.Context, name string) ([]byte, error) {
	data, err := b.readBody(ctx, name)
	if err == nil {
		return data, nil
	}
	if e, ok := errors.AsType[*schemas.Error](err); ok {
		if e.Kind != schemas.KindStorage {
			return nil, err
		}
		err = e.Err
	}
	return nil, fmt.Errorf("object %s: %w", name, err)
}

func (b *Bus) readBody(ctx context.Context, name string) ([]byte, error) {
	m, err := b.last(ctx, streamBodies, bodySubject(name))
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errors.New("it is not there")
	}
	var info jetstream.ObjectInfo
	if err := json.Unmarshal(m.data, &info); err != nil || info.NUID == "" || info.Deleted || info.Size > maxBody {
		return nil, errors.New("its description cannot be read")
	}
	data := make([]byte, 0, info.Size)
	chunks := reading{stream: streamBodies, subject: bodiesPrefix + "C." + info.NUID, stop: true}
	if err := b.each(ctx, chunks, func(m *stored) error { data = append(data, m.data...); return nil }); err != nil {
		return nil, err
	}
	if uint64(len(data)) != info.Size {
		return nil, fmt.Errorf("%d of its %d bytes are there", len(data), info.Size)
	}
	return data, nil
}
