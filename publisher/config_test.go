package publisher

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/schemas"
)

// No error about a connection says the password, whatever is in it.
func TestNoPasswordInErrors(t *testing.T) {
	for _, c := range []struct {
		url  string
		kind schemas.Kind
	}{
		{"nats://leser:Gehe1m@127.0.0.1:1", schemas.KindUnavailable},
		{"nats://leser:Gehe1m%@127.0.0.1:1", schemas.KindInvalid},
		{"nats://leser:Gehe1m/Rest@127.0.0.1:1", schemas.KindInvalid},
		{"nats://leser:Gehe1m#Rest@127.0.0.1:1", schemas.KindInvalid},
		{"nats://leser:Gehe1m?Rest@127.0.0.1:1", schemas.KindInvalid},
		{"nats://leser:Gehe1m@Gehe1m@127.0.0.1:1", schemas.KindUnavailable},
		{"nats://leser:Gehe1m@127.0.0.1:port", schemas.KindInvalid},
		{"nats://leser:Gehe1m@127.0.0.1:1,nats://leser:Gehe1m@127.0.0.1:2", schemas.KindUnavailable},
		{"leser:Gehe1m@127.0.0.1:1", schemas.KindUnavailable},
		{"Gehe1m@127.0.0.1:1", schemas.KindUnavailable},
		{"nats://leser:Gehe1m@host.invalid:4222", schemas.KindUnavailable},
		{"nats://leser:Gehe1m%zz@[::1", schemas.KindInvalid},
		{"nats://leser:Gehe1m,Rest@127.0.0.1:1", ""},
	} {
		_, err := Open(t.Context(), Config{URL: c.url}, nil)
		if err == nil || strings.Contains(err.Error(), "Gehe1m") || strings.Contains(err.Error(), "Rest") || c.kind != "" && schemas.KindOf(err) != c.kind {
			t.Errorf("%s: kind %s, want %s: %v", c.url, schemas.KindOf(err), c.kind, err)
		}
	}
}
