// Package deliver brings the feed to those who want it by POST: webhooks, signed by Standard Webhooks, in order, retried until they
// arrive. A webhook is a subscriber of the feed like any other, whose place the broker keeps.
//
//	config.go   the key webhooks of the configuration
//	deliver.go  one event to one webhook: settled, again, or a dead letter
//	metrics.go  what is counted
package deliver
