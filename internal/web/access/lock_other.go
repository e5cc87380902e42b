//go:build !unix

package access

// lock keeps nobody out where there is no flock: whoever makes two tokens at once has to see to it.
func lock(string) (unlock func(), err error) { return func() {}, nil }
