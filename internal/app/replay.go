package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/internal/replay"
	"github.com/kreispresse/kreispresse/internal/terminal"
	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) replayCommand() *cli.Command {
	return &cli.Command{
		Name:  "replay",
		Usage: "send past events again, to standard output, a file, an HTTP address or a NATS subject",
		Description: "Events come oldest first and end where the feed ended when the replay began. In standard output and files each is one CloudEvent\n" +
			"(JSON) a line; an address gets them by POST, in batches (application/cloudevents-batch+json); to a subject each message is as it\n" +
			"was published, with the header Kp-Original-Sequence added. --dry-run says exactly how many they are, how large and how long they take.\n" +
			"One that was interrupted goes on with --resume. --as-of shows the feed as it looked at a moment." + examples(
			"kreispresse replay --last > releases.jsonl",
			"kreispresse replay --since 30d --source kreis-dueren",
			"kreispresse replay --as-of 2026-03-01 --to march.jsonl",
			"kreispresse replay --to https://archive.example.org/events --rate 20 --dry-run",
			"kreispresse --nats nats://127.0.0.1:4222 replay --to my.copy --rate 500",
		),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "only events published at or after `WHEN`: a day, a time, or how long ago (7d)"},
			&cli.StringFlag{Name: "until", Usage: "only events published before `WHEN`"},
			&cli.BoolFlag{Name: "last", Usage: "only the present state of each release"},
			&cli.StringFlag{Name: "as-of", Usage: "only the state that each release had `WHEN`: a day (its start), a time, or how long ago"},
			&cli.StringFlag{
				Name: "to", Value: "stdout",
				Usage: "`stdout` or -, a file (NAME.jsonl or with a / in it), an http(s):// address, or a NATS subject of your own",
			},
			&cli.FloatFlag{Name: "rate", HideDefault: true, Usage: "at most `N` events a second"},
			&cli.BoolFlag{Name: "resume", Usage: "go on where a replay to the same target was interrupted"},
			&cli.StringSliceFlag{Name: "header", Usage: "send `\"NAME: VALUE\"` with each request to an address"},
			limitFlag(),
			&cli.BoolFlag{Name: "dry-run", Usage: "only say how many events there are, how large, and how long they take"},
		}, filterFlags()...),
		Action: p.replay,
	}
}

// target is where a replay goes; a dash is standard output, as it is elsewhere.
func target(cmd *cli.Command) string {
	if to := cmd.String("to"); to != "-" {
		return to
	}
	return "stdout"
}

func (p *program) replay(ctx context.Context, cmd *cli.Command) error {
	j := &replay.Job{Target: target(cmd), PerSecond: cmd.Float("rate"), Resume: cmd.Bool("resume")}
	var err error
	if j.Filter, err = replayFilter(cmd); err != nil {
		return err
	}
	if err = p.checkReplay(cmd); err != nil {
		return err
	}
	if j.Header, err = headers(cmd.StringSlice("header")); err != nil {
		return err
	}
	if cmd.Bool("dry-run") || j.Target == "stdout" {
		return p.replayHere(ctx, cmd, j)
	}
	bus, err := p.readFeed(ctx, j.Filter.Source) // what it writes, its place and an audit, needs no right to make streams
	if err != nil {
		return err
	}
	defer bus.Close()
	return p.replayTo(ctx, bus, j)
}

// replayHere shows the events, or what a replay would be.
func (p *program) replayHere(ctx context.Context, cmd *cli.Command, j *replay.Job) error {
	out := bufio.NewWriterSize(p.stdout, 1<<16)
	var line []byte
	each, err := limited(cmd, func(e *schemas.Event, release []byte) (err error) {
		if line, err = e.AppendJSON(line[:0], release); err != nil {
			return err
		}
		_, err = out.Write(terminal.JSON(append(line, '\n')))
		return err
	})
	if err != nil {
		return err
	}
	bus, err := p.readFeed(ctx, j.Filter.Source)
	if err != nil {
		return err
	}
	defer bus.Close()
	if cmd.Bool("dry-run") {
		j.Feed = bus
		plan, err := j.Plan(ctx)
		if err == nil {
			_, err = fmt.Fprintln(p.stdout, viewPlan(plan))
		}
		return err
	}
	_, err = bus.ReplayRaw(ctx, j.Filter, each)
	return errors.Join(enough(err), out.Flush())
}

// replayTo sends the events, and writes down in PRESS_RUNS that somebody did so. A file is its owner's business.
func (p *program) replayTo(ctx context.Context, bus *publisher.Bus, j *replay.Job) error {
	bar := p.progress()
	j.Feed, j.Memory = bus, bus.Sources()
	j.Progress = func(g replay.Progress) { bar.show("%d of %s · %s left", g.Done, plural(g.Total, "event"), g.Left) }
	res, err := j.Run(ctx)
	bar.done()
	if err == nil || res.Sent > 0 {
		fmt.Fprintf(p.stderr, "kreispresse: %s sent to %s\n", plural(res.Sent, "event"), j.Target)
	}
	if replay.ToFile(j.Target) {
		return err
	}
	source := j.Filter.Source
	if source == "" {
		source = allSources
	}
	_, noted := bus.PublishRun(context.WithoutCancel(ctx), source, schemas.RunAudit, j.Audit(res, err))
	return errors.Join(err, noted)
}

// allSources stands for a source in the subject of what concerns all of them.
const allSources = "all"

func viewPlan(plan replay.Plan) string {
	s := plural(plan.Events, "event")
	if plan.Events == 0 {
		return s
	}
	s += fmt.Sprintf(", %s, sequence %d to %d, stored %s to %s", size(uint64(plan.Bytes)), plan.First, plan.Last,
		plan.Oldest.Format(time.RFC3339), plan.Newest.Format(time.RFC3339))
	if plan.Duration > 0 {
		s += fmt.Sprintf(", %s at %g a second", plan.Duration, plan.PerSecond)
	}
	return s
}

func replayFilter(cmd *cli.Command) (publisher.Filter, error) {
	f, err := filterOf(cmd)
	if err != nil {
		return f, err
	}
	f.Last = cmd.Bool("last")
	f.AsOf, err = parseWhen("as-of", cmd.String("as-of"), time.Now())
	return f, err
}

// headers reads what is to be sent with each request.
func headers(list []string) (http.Header, error) {
	h := http.Header{}
	for _, s := range list {
		name, value, ok := strings.Cut(s, ":")
		if !ok || strings.TrimSpace(name) == "" || strings.ContainsFunc(s, unicode.IsControl) {
			return nil, usagef("--header: want NAME: VALUE") // without the words: they may be secret
		}
		h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return h, nil
}

// checkReplay refuses what would be sent to nobody, or what no target can be.
func (p *program) checkReplay(cmd *cli.Command) error {
	to := target(cmd)
	switch {
	case to != "stdout" && (strings.ContainsFunc(to, func(r rune) bool { return unicode.IsSpace(r) || terminal.Commands(r) }) || to == ""):
		return usagef("--to %q: want stdout, a file, an address or a NATS subject", to)
	case cmd.Float("rate") < 0:
		return usagef("--rate %g: want a number of events a second", cmd.Float("rate"))
	case to == "stdout" && cmd.Bool("resume"):
		return usagef("--resume: standard output does not know how far it is (use tail --from, or --to FILE.jsonl)")
	case to == "stdout":
		return nil
	case cmd.IsSet("limit"):
		return usagef("--limit goes with standard output, not with --to %s", to)
	case replay.ToSubject(to) && p.config.NATS == "":
		return usagef("--to %s: nobody can listen to the embedded server (give --nats URL, a FILE.jsonl or an address, or leave --to away)", to)
	}
	return nil
}
