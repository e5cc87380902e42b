//go:build !unix

package polite

// running cannot be told here: a lease runs out by itself.
func running(int) bool { return true }
