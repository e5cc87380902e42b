// Package app is the program kreispresse: configuration, one file a command, exit codes. What the line does is in internal/pipeline.
//
// Data goes to stdout, everything else to stderr. An error is one line that names the thing and the way out.
//
//	app.go        Run, the commands, exit codes
//	config.go     flags, variables, YAML file
//	errors.go     mistakes on the command line, and how they are told
//	bus.go        the NATS server that a command uses
//	line.go       the pipeline that a command uses
//
//	crawl.go      crawl
//	run.go        run
//	canary.go     how far the feed is, said by run
//	services.go   requests over NATS, answered by run
//	serve.go      serve
//	replicas.go   several of it on one cluster: do they have the same source files?
//	demo.go       demo
//	demo_serve.go the console over the Land of the demonstration
//	site.go       what is served over HTTP, and to whom
//	parse.go      parse, of stored pages (stored.go)
//	stored.go     pages in files
//	inspect.go    inspect
//	sources.go    sources check
//	sources_archived.go  sources check --archived: changed selectors on kept lists
//	sources_archived_view.go  what would appear and disappear
//	sources_list.go      sources list, and a source as programs see it
//	sources_show.go      sources show
//	sources_own.go       which sources are in use, and what this installation knows better than the registry
//	sources_add.go       sources add: a source from an address
//	sources_discover.go  sources discover: the same for many
//	sources_verify.go    sources verify: does a source work?
//	tray.go       a crawl whose pages are only looked at
//	operate.go    sources accept, retire, move, rename; runs
//	runs.go       a manifest as a line
//	reviews.go    what people said of wrongly read quotes, and cases of it
//	aside.go      held, dead
//	withdraw.go   withdraw
//	forget.go     forget
//	retention.go  retention, and what run removes at night
//	tail.go       tail
//	search.go     search
//	show.go       show
//	index.go      the index that search asks and run keeps
//	replay.go     replay
//	reparse.go    reparse
//	export.go     export
//	filter.go     which events tail and replay choose
//	status.go     status
//	health.go     status SOURCE, status --check
//	doctor.go     doctor
//	access.go     who may use what run and serve answer over HTTP
//	notify.go     notify, and who is told by run
//	probe.go      probe
//	webhooks.go   webhooks, to which run delivers
//	verify.go     verify
//	verify_held.go  verify --feed, --segments: for subscribers
//	archive.go    archive
//	archive_feed.go  the feed as an archive reads it
//	backup.go     backup, restore
//	version.go    version
//
//	output.go     standard output, which no command can lose unnoticed; JSON; tables
//	terminal.go   colours and the log
//	progress.go   the line that is written over
//	view.go       releases as people read them
//	event.go      events, as CloudEvents and as lines
package app
