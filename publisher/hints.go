package publisher

// Hints that a command line, a console or an API may want to say in its own words: they are whole and stable.
const (
	HintNoPlace   = "name a data directory or a NATS server"
	HintWritable  = "name a data directory that can be written and has free space"
	HintLocked    = "stop it, or name another data directory, or run a NATS server for both"
	HintNoServer  = "run a NATS server and use that"
	HintNoStreams = "let a crawl create the streams, or create them yourself"
	HintNoJS      = "start the NATS server with JetStream (nats-server -js), and let a crawl create the streams, or create them yourself"
)
