// Package feedformat writes events of the feed in the formats that feed readers and calendars read, one event after another, so that a
// million take no more memory than one. What comes from press pages is hostile: control and bidirectional characters are replaced, lengths
// are bounded, addresses that are none are left out.
//
//	feed.go      what is said of a feed as a whole, and what the formats have in common
//	atom.go      Atom (RFC 4287) with tombstones (RFC 6721)
//	jsonfeed.go  JSON Feed 1.1
//	ical.go      iCalendar (RFC 5545): dates and embargoes
package feedformat
