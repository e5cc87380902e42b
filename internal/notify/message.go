package notify

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
)

// Message is something to tell.
type Message struct {
	ID     string    // the same in every attempt: whoever gets it twice can know
	Type   string    // for programs
	At     time.Time // when it was decided
	Title  string    // one line
	Text   string
	Urgent bool
	Alarms []health.Alarm // that it tells of
}

// The types of messages.
const (
	TypeIncident  = "source.incident"  // something is wrong with a source, or is worse
	TypeRecovered = "source.recovered" // it is over
	TypeSeveral   = "sources.several"  // as both, of many sources at once
	TypeStorm     = "sources.storm"    // most sources fail: it is us, not them
	TypeCalm      = "sources.calm"     // most sources answer again
	TypeStopped   = "crawling.stopped" // nothing is crawled
	TypeResumed   = "crawling.resumed" // crawling goes on
	TypeDigest    = "digest"           // how everything is
	TypeTest      = "test"
	TypeOther     = "message" // what an operator or a program beside us has to say
)

func newMessage(kind string, at time.Time, title, text string, alarms ...health.Alarm) Message {
	return Message{ID: "msg_" + rand.Text(), Type: kind, At: at.UTC(), Title: title, Text: text, Alarms: alarms}
}

// Test is a message that says only that messages arrive.
func Test(now time.Time) Message {
	return newMessage(TypeTest, now, "kreispresse: test", "This is a test. Messages of kreispresse arrive here.")
}

// Say is a message of somebody else: an operator, a unit of systemd, a script that makes backups.
func Say(now time.Time, title, text string, urgent bool) Message {
	m := newMessage(TypeOther, now, oneLine(title), text)
	m.Urgent = urgent
	return m
}

func ofAlarm(a health.Alarm, now time.Time) Message {
	if a.Recovered {
		return newMessage(TypeRecovered, now, oneLine(a.Source+" has recovered"), fmt.Sprintf("%s\nIt began %s.", oneLine(a.Says), moment(a.Since)), a)
	}
	m := newMessage(TypeIncident, now, oneLine(a.Source+" is "+a.State), lines(oneLine(a.Says), oneLine(a.Do), "Since "+moment(a.Since)+"."), a)
	m.Urgent = a.State == health.Broken
	return m
}

func ofSeveral(alarms []health.Alarm, now time.Time) Message {
	well := 0
	for _, a := range alarms {
		if a.Recovered {
			well++
		}
	}
	title := fmt.Sprintf("%d sources need attention, %d have recovered", len(alarms)-well, well)
	m := newMessage(TypeSeveral, now, title, list(alarms), alarms...)
	m.Urgent = well < len(alarms)
	return m
}

func ofStorm(alarms []health.Alarm, asked int, now time.Time) Message {
	title := fmt.Sprintf("%d of %d sources fail at once", len(alarms), asked)
	text := "Most likely the network, the name server or the proxy of this machine does not work, and not the sites: kreispresse doctor.\n" +
		"No message comes of each of them.\n\n" + list(alarms)
	m := newMessage(TypeStorm, now, title, text, alarms...)
	m.Urgent = true
	return m
}

func ofCalm(left []health.Alarm, now time.Time) Message {
	text := "None is left that failed meanwhile."
	if len(left) > 0 {
		text = fmt.Sprintf("%d still fail or were not asked again yet; no message comes of each of them, kreispresse status and the digest name them.\n\n%s",
			len(left), list(left))
	}
	return newMessage(TypeCalm, now, "most sources answer again", text, left...)
}

// list names alarms, a line each, not more than a screen of them.
func list(alarms []health.Alarm) string {
	var b strings.Builder
	for i, a := range alarms {
		if i == shown {
			fmt.Fprintf(&b, "… and %d more\n", len(alarms)-shown)
			break
		}
		fmt.Fprintf(&b, "%s %s: %s\n", a.State, oneLine(a.Source), oneLine(a.Says))
	}
	return b.String()
}

func lines(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// oneLine keeps what a site said from being a header or a line of ours.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
