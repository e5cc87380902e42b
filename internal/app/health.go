package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/web/api"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

// reader is how commands read what is known of the sources.
func (p *program) reader(bus *publisher.Bus) *api.Reader {
	return api.NewReader(api.Config{Bus: bus, Sources: p.sources, Contact: p.config.Contact, Log: p.log})
}

// viewHealth prints how the sources are that are not healthy.
func viewHealth(w io.Writer, sick map[string]health.Verdict) {
	for _, id := range slices.Sorted(maps.Keys(sick)) {
		if v := sick[id]; v.State != health.Healthy {
			fmt.Fprintf(w, "\n%s\t%s\t%s\t%s\n", strings.ToUpper(v.State), id, oneLine(v.Says), v.Do)
		}
	}
}

// Exit codes of status --check, those of a Nagios plugin.
const (
	checkWarning  = 1
	checkCritical = 2
	checkUnknown  = 3
)

// checkError ends status --check; what is wrong was printed.
type checkError struct{ code int }

func (e *checkError) Error() string { return fmt.Sprintf("status --check: %d", e.code) }

// check says on the first line how all sources are, or one, and below it what is wrong with which.
func (p *program) check(ctx context.Context, id, quietFor string, asJSON bool) error {
	quiet, err := parseQuiet(quietFor)
	if err != nil {
		return err
	}
	unknown := func(why error) error {
		fmt.Fprintf(p.stdout, "UNKNOWN: %s\n", oneLine(why.Error()))
		return errors.Join(errReported, &checkError{checkUnknown})
	}
	bus, err := p.readBus(ctx)
	if err != nil {
		return unknown(err)
	}
	defer bus.Close()
	sick, err := p.reader(bus).Verdicts(ctx, quiet)
	if err != nil {
		return unknown(err)
	}
	if id != "" {
		maps.DeleteFunc(sick, func(source string, _ health.Verdict) bool { return source != id })
	}
	if len(sick) == 0 {
		return unknown(errors.New("no source was crawled yet"))
	}
	disk := diskCheck{}
	if id == "" {
		disk = checkDisk(bus.Room(ctx))
	}
	if asJSON {
		err = writeLine(p.stdout, sick)
	} else {
		err = p.viewCheck(sick, disk)
	}
	code := max(checkCode(sick), disk.code)
	if err == nil && code != 0 {
		return errors.Join(errReported, &checkError{code})
	}
	return err
}

// diskCheck is what status --check says of the room.
type diskCheck struct {
	code int
	says string // empty: nothing needs to be said
}

// soonFull is when the room is so little that somebody has to act, in days.
const soonFull = 14

func checkDisk(r publisher.Room, known bool) diskCheck {
	days, grows := r.Days()
	switch {
	case known && r.Low():
		return diskCheck{checkCritical, fmt.Sprintf("disk: %s, nothing is crawled below %s (kreispresse doctor)", r, size(r.Floor))}
	case known && grows && days < soonFull:
		return diskCheck{checkWarning, fmt.Sprintf("disk: %s (plan a larger disk, or set ages: kreispresse retention)", r)}
	}
	return diskCheck{}
}

func (p *program) viewCheck(sick map[string]health.Verdict, disk diskCheck) error {
	counts := map[string]int{}
	for _, v := range sick {
		counts[v.State]++
	}
	word := map[int]string{0: "OK", checkWarning: "WARNING", checkCritical: "CRITICAL"}[max(checkCode(sick), disk.code)]
	_, err := fmt.Fprintf(p.stdout, "%s: %d of %s healthy | healthy=%d degraded=%d silent=%d broken=%d\n",
		word, counts[health.Healthy], plural(len(sick), "source"),
		counts[health.Healthy], counts[health.Degraded], counts[health.Silent], counts[health.Broken])
	if disk.says != "" {
		fmt.Fprintln(p.stdout, disk.says)
	}
	for _, id := range slices.Sorted(maps.Keys(sick)) {
		if v := sick[id]; v.State != health.Healthy {
			fmt.Fprintf(p.stdout, "%s %s: %s (%s)\n", v.State, id, oneLine(v.Says), v.Do)
		}
	}
	return err
}

func checkCode(sick map[string]health.Verdict) int {
	code := 0
	for _, v := range sick {
		switch v.State {
		case health.Broken:
			return checkCritical
		case health.Degraded, health.Silent:
			code = checkWarning
		}
	}
	return code
}

// parseQuiet reads a time such as 7d or 36h; "" is none.
func parseQuiet(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	now := time.Now()
	if at, err := parseWhen("quiet-for", s, now); err == nil && at.Before(now) && strings.TrimLeft(s, "0123456789.hmsd") == "" {
		return now.Sub(at), nil
	}
	return 0, usagef("--quiet-for %s: want a time such as 7d or 36h", s)
}

// sourceStatus shows how one source is, and by what.
func (p *program) sourceStatus(ctx context.Context, id string, asJSON bool) error {
	bus, err := p.readBus(ctx)
	if err != nil {
		return err
	}
	defer bus.Close()
	all, err := p.reader(bus).Memories(ctx)
	if err != nil {
		return err
	}
	m, ok := all[id]
	if !ok {
		return &schemas.Error{
			Op: "status", Kind: schemas.KindNotFound, Thing: id, Err: errors.New("nothing is known of its health"), Hint: "kreispresse crawl " + id,
		}
	}
	now := time.Now()
	if asJSON {
		return writeLine(p.stdout, struct {
			health.Verdict
			Rhythm health.Rhythm `json:"rhythm"`
			Memory health.Memory `json:"memory"`
		}{m.Judge(now), m.Rhythm(now), m})
	}
	w := p.table()
	viewMemory(w, m, now)
	if err := w.Flush(); err != nil {
		return err
	}
	return p.lastRuns(ctx, bus, id)
}

func viewMemory(w io.Writer, m health.Memory, now time.Time) {
	v, r := m.Judge(now), m.Rhythm(now)
	fmt.Fprintf(w, "health\t%s: %s\n", v.State, oneLine(v.Says))
	if v.Do != "" {
		fmt.Fprintf(w, "to do\t%s\n", v.Do)
	}
	if m.Incident != nil {
		fmt.Fprintf(w, "since\t%s\n", m.Incident.Since.Local().Format(time.DateTime))
	}
	if r.Releases > 0 {
		days := make([]string, 7)
		for i := range days {
			d := (i + 1) % 7
			days[i] = fmt.Sprintf("%s %.1f", time.Weekday(d).String()[:3], r.Weekday[d])
		}
		fmt.Fprintf(w, "rhythm\t%.1f releases a week (%s), longest pause %s\n", r.PerWeek, strings.Join(days, " · "), plural(r.Longest, "day"))
	}
	if len(m.Discovered) > 0 {
		fmt.Fprintf(w, "pages named\t%d by the last run, %d to %d by healthy ones\n", m.Last.Discovered, slices.Min(m.Discovered), slices.Max(m.Discovered))
	}
	if n, rates := m.Rates(); n > 0 {
		var list []string
		for _, f := range slices.Sorted(maps.Keys(rates)) {
			list = append(list, fmt.Sprintf("%s %.0f %%", f, 100*rates[f]))
		}
		fmt.Fprintf(w, "filled\tof the last %s: %s\n", plural(n, "release"), strings.Join(list, " · "))
	}
}

// shownRuns is how many of the last runs are shown of a source.
const shownRuns = 5

// lastRuns prints the last runs of a source.
func (p *program) lastRuns(ctx context.Context, bus *publisher.Bus, id string) error {
	last, err := bus.LatestRuns(ctx, id, schemas.RunExtracted, shownRuns)
	for _, r := range last {
		err = errors.Join(err, p.viewRun(id, r.At, r.Data))
	}
	return err
}
