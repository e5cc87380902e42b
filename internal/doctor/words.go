package doctor

import (
	"maps"

	"github.com/kreispresse/kreispresse/schemas"
)

// sentences say each code of a finding in English, and what to do about it. Before the dot stands what was looked at. Findings of errors are
// told by the error, those of damage by who found it.
var sentences = map[string]struct{ says, do string }{
	"contact.none":   {"press offices see who visits them, but cannot reach you", "give --contact, or contact: in the configuration"},
	"contact.given":  {"{Contact}", ""},
	"names.none":     {"no press site has a name to look up", ""},
	"names.found":    {"{N} press sites have an address", ""},
	"names.lost":     {"none of {N} press sites has an address", "look at the network and the name server of this machine"},
	"names.some":     {"{Lost} of {N} press sites have no address: {Some}", "look whether the site has moved, and mend the source's file"},
	"broker.runs":    {"{Server}", ""},
	"broker.error":   {"", ""},
	"stream.damaged": {"", ""},
	"stream.rebuilt": {"", ""},
	"stream.lagging": {"{Lag} of its {Copies} copies lag or are offline", "look at the nodes of the cluster"},
	"stream.copies":  {"{Copies} copies on a cluster", "nats stream edit {Stream} --replicas 3"},
	"streams.whole":  {"{Streams} streams, {Messages} messages, none missing", ""},
	"clock.ahead": {
		"the newest message of {Stream} was stored {Ahead} ahead of this machine's clock", "set the clock of this machine, or of the broker, by NTP",
	},
	"clock.right":     {"{At}, nothing was stored later", ""},
	"backup.none":     {"none was ever made", "kreispresse backup DIR, off this machine, every day"},
	"backup.old":      {"the last one is {N} days old", "kreispresse backup DIR"},
	"backup.made":     {"the last one was made {When}", ""},
	"backup.error":    {"", ""},
	"sources.failing": {"failing for more than a week: {Some}", "kreispresse status, then look at the site and mend the source's file"},
	"sources.paused":  {"paused: {Some}", ""},
	"sources.none":    {"none is verified, so only those are crawled that somebody names", ""},
	"sources.fine":    {"{N}, none fails for more than a week", ""},
	"sources.error":   {"", ""},
	"disk.unknown":    {"the room on {Where} cannot be told", ""},
	"disk.low": {
		"{Room}, less than the {Least} below which nothing is crawled",
		"make room (kreispresse retention, a larger disk), or set a lower --min-free; it goes on by itself",
	},
	"disk.soon":      {"{Room}", "plan a larger disk, or set ages: retention in docs/operations.md"},
	"disk.enough":    {"{Room}", ""},
	"robots.closed":  {"forbids everything: {Some}", "write to the site's operator, or take the source out"},
	"robots.unread":  {"could not be read, so nothing is asked: {Some}", "it is tried again; look at the site if it lasts"},
	"robots.open":    {"none that was read forbids everything", ""},
	"robots.error":   {"", ""},
	"files.alone":    {"{Sum}, version {Version}; no process on a cluster has told of its own", ""},
	"files.together": {"{Sum}, version {Version}, as all processes have them", ""},
	"files.differ":   {"", ""},
	"files.error":    {"", ""},
}

// Codes are those of all findings, each with whether the doctor says what to do. One that is told by whoever met it has no sentence here:
// its Says and Do are what there is to say beside the code.
func Codes() map[string]bool {
	all := map[string]bool{}
	for code, s := range sentences {
		all[code] = s.do != ""
	}
	return all
}

// Told reports whether a finding with this code is told by whoever met it: its Says and Do say more than the code.
func Told(code string) bool { return sentences[code].says == "" }

// find puts a code into words; english are words that the English sentence has besides.
func find(level Level, name, code string, with, english schemas.With) Finding {
	said := schemas.With{}
	maps.Copy(said, with)
	maps.Copy(said, english)
	s := sentences[code]
	return Finding{Level: level, Name: name, Says: said.Fill(s.says), Do: said.Fill(s.do), Cause: schemas.Cause{Code: code, With: with}}
}

// told is a finding in the words of whoever met it.
func told(level Level, name, code string, with schemas.With, says, do string) Finding {
	return Finding{Level: level, Name: name, Says: says, Do: do, Cause: schemas.Cause{Code: code, With: with}}
}

// someOf names a few of many, and says how many more there are.
func someOf(ids []string) schemas.With {
	return schemas.With{"Which": few(ids), "More": max(0, len(ids)-namedSources)}
}
