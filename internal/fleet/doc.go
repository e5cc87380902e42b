// Package fleet keeps several processes that share the work on one cluster to the same source files: each says by hash and version what it
// has, and where two differ the higher version counts.
//
//	set.go      what one process has
//	keeper.go   what they agree on
package fleet
