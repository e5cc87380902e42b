// Package polite is the chain of http.RoundTrippers that every request of the crawler passes, each redirect hop and each robots.txt
// too. transport.go tells the order; every other file is one link of the chain or what links share:
//
//   - scope.go, robots.go with crawldelay.go, retry.go, pace.go, identity.go, limit.go, guard.go: the links.
//   - rules.go: what a robots.txt says, however it is written. noindex.go: what a page says of indexing.
//   - hosts.go, budget.go: what is owed to each host and server, shared by all sources of a process.
//   - asked.go: the last requests to each host, for whoever runs it.
//   - memory.go, clock.go: what of it outlives the process. lease.go, holder.go, fence.go: who may ask a host, of several processes.
//   - exchange.go: what a request is for, the answer, the errors of the crawler.
package polite
