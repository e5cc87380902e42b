// Package notify tells people what is wrong with the sources: once per incident, once when it is over, and once a day how everything is.
//
// What is told when is decided by the desk, which is pure: alarms, results of runs and the present moment in, messages out. An outbox for
// each channel delivers them in the background, with its own queue and its own retries, so that neither a crawl nor another channel waits.
//
//	config.go    the key notify of the configuration
//	limits.go    the numbers
//	message.go   what is told, in words
//	desk.go      what is told when
//	storm.go     many sources that fail at once
//	digest.go    the message of every day
//	book.go      what all processes remember together: what was told, and what has not arrived
//	share.go     keeping it
//	notifier.go  the process
//	outbox.go    delivery, and trying again
//	webhook.go   messages over HTTP, signed
//	mail.go      messages over SMTP
//	metrics.go   what can be seen of it
package notify
