// Package web is what a running process shows over HTTP: whether it lives (/healthz), whether it can do its work (/readyz), what it counts
// (/metrics, in the format of Prometheus), and on a listener of its own, for developers only, /debug/pprof.
package web
