// Package access decides who may read and who may act over HTTP.
//
// A loopback listener lets in whoever opens a one-time address that its process printed; any other listener wants tokens and TLS, or a proxy
// that it is told by address. Tokens are 256 random bits, kept as their SHA-256 only.
//
//	role.go     roles, and who asks
//	store.go    the file of tokens: made, found, taken back
//	session.go  the cookie of somebody who came in
//	once.go     one-time addresses
//	guard.go    which listeners are allowed, and what every request has to pass
//	client.go   by which address somebody comes, for limits
//	require.go  handlers for those with a role only
package access
