// Package feed subscribes to a feed of press releases that a kreispresse publishes. It is for programs of others: it brings the NATS client along
// and neither a server nor a crawler.
//
// Subscribe calls a function for every event, in the order of the feed, and goes on with what is published, across lost connections:
//
//	err := feed.Subscribe(ctx, "nats://127.0.0.1:4222", feed.Options{Name: "newsroom", State: "NW", Start: feed.Present},
//		func(ctx context.Context, ev *schemas.Event) error { return store(ev) })
//
// With a Name the broker remembers how far the subscriber is, and an event whose function fails comes again. Without one the subscriber keeps
// its own cursor, ev.Sequence+1, and gives it as From. With an archive (Segments) the past is read from files of any web server, and what is
// published since from the broker, without a gap or a double between them.
//
//	subscribe.go  Subscribe
//	options.go    what is wanted, and from where
//	errors.go     ErrCursorTooOld and others
//	live.go       from the broker, with the own cursor
//	durable.go    from the broker, which remembers
//	past.go       from an archive
//	event.go      messages of NATS as events
//	verify.go     is everything there, and unaltered?
package feed
