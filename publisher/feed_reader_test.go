package publisher

import (
	"context"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// A reader whose consumer cannot be made anew, since everything ends, can be closed all the same.
func TestReaderEndsWhileItBeginsAnew(t *testing.T) {
	b := openTest(t)
	r, err := b.open(t.Context(), reading{stream: schemas.StreamPress, subject: schemas.SubjectsRelease, tail: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, err := b.stream(t.Context(), schemas.StreamPress)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.consume(ctx, s); err == nil {
		t.Fatal("a consumer was made without time for it")
	}
	r.close()
}
