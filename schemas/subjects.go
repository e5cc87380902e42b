package schemas

import (
	"fmt"
	"strings"
)

// Streams and buckets.
const (
	StreamPress = "PRESS"      // releases, every revision
	StreamRaw   = "PRESS_RAW"  // snapshots
	StreamRuns  = "PRESS_RUNS" // run manifests, alarms, dead letters

	BucketPages   = "press_pages"   // state of every known page
	BucketSources = "press_sources" // what is remembered of sources
	BucketHosts   = "press_hosts"   // what is owed to hosts
	BucketBodies  = "press_bodies"  // object store: bodies over the broker's max_payload
)

const subjectPrefix = "press.v1."

// ReleaseSubject is press.v1.release.<state>.<source>.<id>, state in lower case, "xx" when the source has none.
func ReleaseSubject(state, source, id string) string {
	return subjectPrefix + "release." + stateToken(state) + "." + source + "." + id
}

// ReleaseFilter is the subject that matches the releases of a state and a source; empty means any.
func ReleaseFilter(state, source string) string {
	st, so := "*", "*"
	if state != "" {
		st = stateToken(state)
	}
	if source != "" {
		so = source
	}
	return subjectPrefix + "release." + st + "." + so + ".*"
}

// ReleaseFilterOf is the subject that matches the events of one release, whatever its state and source.
func ReleaseFilterOf(id string) string { return subjectPrefix + "release.*.*." + id }

// RawSubject is press.v1.raw.<source>.<page>.
func RawSubject(source, page string) string { return subjectPrefix + "raw." + source + "." + page }

// Events of PRESS_RUNS, the last token of their subjects.
const (
	RunFetched      = "fetched"       // a run has asked for its pages: what was seen
	RunReleased     = "released"      // ids and content hashes of what a run published, in parts
	RunExtracted    = "extracted"     // the run is through: what became of it
	RunSuspect      = "suspect"       // a run that is not believed
	RunHeld         = "held"          // a change that is not believed yet, and how that ended
	RunDeadLetter   = "dead_letter"   // a snapshot that could not be read, and how that ended
	RunErased       = "erased"        // what was erased of a release: sequences and hashes, and no content
	RunHealth       = "health"        // something is wrong with a source, or is no more
	RunAudit        = "audit"         // what an operator did
	RunCanary       = "canary"        // how far PRESS is: nothing else was published until then
	RunReview       = "review"        // what somebody says about how a quote was read
	RunUndelivered  = "undelivered"   // an event that a webhook refuses for good
	RunPauseRequest = "pause_request" // somebody asks that a host be left alone for a while, and how that was answered
	RunExpired      = "expired"       // pages that were removed by their age: sequences, and no content
)

// RunSubject is press.v1.run.<source>.<event>.
func RunSubject(source, event string) string { return subjectPrefix + "run." + source + "." + event }

// ServiceSubject is where a service of this name is asked: press.v1.svc.<name>, as in press.v1.svc.releases.get. No stream takes it.
func ServiceSubject(name string) string { return servicePrefix + name }

// IsService reports a subject of ServiceSubject, or one by which services are found.
func IsService(subject string) bool {
	return strings.HasPrefix(subject, servicePrefix) || strings.HasPrefix(subject, "$SRV.")
}

const servicePrefix = subjectPrefix + "svc."

// RunFilter is the subject that matches the events of a source and a kind; empty means any.
func RunFilter(source, event string) string { return RunSubject(orAny(source), orAny(event)) }

func orAny(token string) string {
	if token == "" {
		return "*"
	}
	return token
}

// Subject patterns of the streams.
const (
	SubjectsRelease = subjectPrefix + "release.*.*.*"
	SubjectsRaw     = subjectPrefix + "raw.*.*"
	SubjectsRun     = subjectPrefix + "run.*.*"
)

func stateToken(state string) string {
	if state == "" {
		return "xx"
	}
	return strings.ToLower(state)
}

// CheckToken says whether s can stand as one token of a subject: lower-case letters, digits and hyphens, starting with a letter.
func CheckToken(s string) error {
	for i, r := range s {
		if r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || r == '-') {
			continue
		}
		return fmt.Errorf("%q is no id: lower-case letters, digits and hyphens, starting with a letter", s)
	}
	if s == "" {
		return fmt.Errorf("empty id")
	}
	return nil
}

// CheckReleaseID says whether s is a release or page id: 26 characters of lower-case base32.
func CheckReleaseID(s string) error {
	if len(s) != 26 {
		return fmt.Errorf("%q is no release id: 26 characters, a-z and 2-7", s)
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return fmt.Errorf("%q is no release id: 26 characters, a-z and 2-7", s)
		}
	}
	return nil
}

// CheckState says whether s is the code of a Land (see States), in either case.
func CheckState(s string) error {
	if _, ok := States[strings.ToUpper(s)]; ok {
		return nil
	}
	return fmt.Errorf("%q is no two-letter code of a Land: one of %s", s, strings.Join(StateCodes(), ", "))
}
