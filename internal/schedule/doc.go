// Package schedule says when a source is due, and keeps a process that runs all the time at it.
//
// Due is pure: plan, state and the present moment in, a moment out. The Loop asks it, claims the source in the shared memory (so that of
// several processes one crawls it), lets it be crawled, and writes down what came of it.
//
//	plan.go      how often a source wants to be asked
//	hours.go     office hours, in wall-clock time
//	state.go     what is remembered of a source's runs
//	rhythm.go    when it publishes
//	due.go       the decision
//
//	loop.go      the process
//	work.go      who is crawled now, and how many at a time
//	queue.go     who is next
//	turn.go      one source
//	claim.go     one crawl at a time over all processes
//	metrics.go   what can be seen of it
package schedule
