//go:build !unix

package segment

import (
	"io"
	"strings"
)

// lockDir keeps nobody out where there is no flock: whoever runs two updates of one archive at once has to see to it.
func lockDir(string) (io.Closer, error) { return io.NopCloser(strings.NewReader("")), nil }
