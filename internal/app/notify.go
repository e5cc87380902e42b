package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/crawler/polite"
	"github.com/kreispresse/kreispresse/crawler/source"
	"github.com/kreispresse/kreispresse/internal/health"
	"github.com/kreispresse/kreispresse/internal/notify"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) notifyCommand() *cli.Command {
	return &cli.Command{
		Name:     "notify",
		Usage:    "who is told when something is wrong (notify: in the configuration file)",
		Commands: []*cli.Command{p.notifyTestCommand(), p.notifySendCommand()},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if name := cmd.Args().First(); name != "" {
				return noCommand(cmd, name)
			}
			return cli.ShowSubcommandHelp(cmd)
		},
	}
}

func (p *program) notifyTestCommand() *cli.Command {
	return &cli.Command{
		Name:        "test",
		Usage:       "send a test message through every channel, once",
		Description: "Exit code 3: not every one took it." + examples("kreispresse --config /etc/kreispresse/kreispresse.yaml notify test"),
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return usagef("notify test wants nothing more (see: %s --help)", cmd.FullName())
			}
			return p.tellNow(ctx, notify.Test(time.Now()))
		},
	}
}

// longestText is how much of standard input is a message: a screen or two of a log.
const longestText = 16 << 10

func (p *program) notifySendCommand() *cli.Command {
	return &cli.Command{
		Name:      "send",
		Usage:     "send a message of your own through every channel, once: of a unit of systemd that failed, of a backup that was not made",
		ArgsUsage: "TITLE [TEXT]",
		Description: "TEXT - is standard input, its last 16 KiB. Exit code 3: not every channel took it." + examples(
			"kreispresse backup /backup/$(date +%F) || kreispresse notify send --urgent 'no backup of kreispresse'",
			"journalctl -u kreispresse -n 20 | kreispresse notify send 'kreispresse has failed' -",
		),
		Flags: []cli.Flag{&cli.BoolFlag{Name: "urgent", Usage: "as the alarms that want somebody at once"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			title, text := cmd.Args().Get(0), cmd.Args().Get(1)
			if strings.TrimSpace(title) == "" || cmd.NArg() > 2 {
				return usagef("notify send wants a TITLE and, if need be, a TEXT (see: %s --help)", cmd.FullName())
			}
			if text == "-" {
				all, err := io.ReadAll(p.stdin)
				if err != nil {
					return invalid("notify send", "standard input", "give the text as an argument", schemas.Pathless(err))
				}
				text = strings.ToValidUTF8(string(all[max(0, len(all)-longestText):]), "")
			}
			return p.tellNow(ctx, notify.Say(time.Now(), title, strings.TrimSpace(text), cmd.Bool("urgent")))
		},
	}
}

// tellNow sends a message through every channel and prints what came of it.
func (p *program) tellNow(ctx context.Context, m notify.Message) error {
	if p.config.Notify == nil {
		return usagef("nobody is told: the configuration has no key notify (see docs/operations.md)")
	}
	n, err := notify.New(p.config.Notify, notify.Options{Log: p.log})
	if err != nil {
		return err
	}
	var failed error
	for _, s := range n.Send(ctx, m) {
		result := "sent"
		if s.Err != nil {
			result = "failed: " + oneLine(s.Err.Error())
			failed = &schemas.Error{
				Op: "notify", Kind: schemas.KindUnavailable, Thing: s.Channel, Err: s.Err, Hint: "mend notify in the configuration, or try again",
			}
		}
		if _, err := fmt.Fprintf(p.stdout, "%s\t%s\n", s.Channel, result); err != nil {
			return err
		}
	}
	if failed != nil {
		return errors.Join(errReported, failed)
	}
	return nil
}

// notifier tells people what is wrong while the sources are crawled.
func (r *runner) notifier(registry prometheus.Registerer) (*notify.Notifier, error) {
	return notify.New(r.config.Notify, notify.Options{
		Log: r.log, Metrics: notify.NewMetrics(registry), Memory: r.bus.Sources(), State: r.howAll, Outage: r.loop.Outage,
		Holder: polite.Holder(), Incidents: r.incidents,
	})
}

// incidents are what is wrong with which source now.
func (r *runner) incidents(ctx context.Context) (map[string]health.Incident, error) {
	all, err := r.reader(r.bus).Memories(ctx)
	now := map[string]health.Incident{}
	for source, m := range all {
		if m.Incident != nil {
			now[source] = *m.Incident
		}
	}
	return now, err
}

// howAll is what the digest tells of.
func (r *runner) howAll(ctx context.Context) (notify.State, error) {
	now := time.Now()
	all, err := r.reader(r.bus).Memories(ctx)
	s := notify.State{}
	if err != nil {
		return s, err
	}
	s.Verdicts, err = r.reader(r.bus).Verdicts(ctx, 0)
	zone, e := time.LoadLocation(source.DefaultTimeZone) // releases say their dates in it
	if e != nil {
		return s, e
	}
	yesterday := now.In(zone).AddDate(0, 0, -1).Format(time.DateOnly)
	for _, m := range all {
		s.Yesterday += m.Days[yesterday]
	}
	return s, err
}
