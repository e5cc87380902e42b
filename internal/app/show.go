package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/kreispresse/kreispresse/publisher"
	"github.com/kreispresse/kreispresse/schemas"
)

func (p *program) showReleaseCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "show a release: its text with quotes, people and dates in it, who speaks, credits",
		ArgsUsage: "ID",
		Description: "The ID stands in the answers of search, in tail --json and in subjects. Without --revision the newest is shown, as it is: a release\n" +
			"that is withdrawn has no text any more, but its earlier revisions have." + examples(
			"kreispresse show mfrggzdfmztwq2lknnwg23tpob",
			"kreispresse show mfrggzdfmztwq2lknnwg23tpob --revision 1 --json",
		),
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "revision", HideDefault: true, Usage: "show revision `N`"},
			&cli.BoolFlag{Name: "json", Usage: "as a CloudEvent (JSON), with the release as its data"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return usagef("show wants one ID (see: kreispresse show --help)")
			}
			if cmd.IsSet("revision") && cmd.Int("revision") < 1 {
				return usagef("--revision %d: the first is 1", cmd.Int("revision"))
			}
			bus, err := p.readBus(ctx)
			if err != nil {
				return err
			}
			defer bus.Close()
			ev, err := revisionOf(ctx, bus, cmd.Args().First(), cmd.Int("revision"))
			if err != nil {
				return err
			}
			if cmd.Bool("json") {
				return writeEvent(p.stdout, ev)
			}
			out := bufio.NewWriter(p.stdout)
			showEvent(out, ev, p.style())
			return out.Flush()
		},
	}
}

// revisionOf is a revision of a release, the newest when it is 0.
func revisionOf(ctx context.Context, bus *publisher.Bus, id string, revision int) (*schemas.Event, error) {
	if revision == 0 {
		return bus.Newest(ctx, id)
	}
	all, err := bus.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	have := make([]string, len(all))
	for i, ev := range all {
		if ev.Revision == revision {
			return ev, nil
		}
		have[i] = fmt.Sprint(ev.Revision)
	}
	return nil, &schemas.Error{
		Op: "show", Kind: schemas.KindNotFound, Thing: id, Err: fmt.Errorf("no revision %d", revision), Hint: "there is " + strings.Join(have, ", "),
	}
}

// showEvent prints a release as one reads it.
func showEvent(w io.Writer, ev *schemas.Event, s style) {
	r := ev.Release
	if r.Kicker != "" {
		fmt.Fprintln(w, s.faint(oneLine(r.Kicker)))
	}
	fmt.Fprintln(w, s.bold(oneLine(r.Title)))
	head := []string{orElse(r.Source.Name, r.Source.ID)}
	if r.Published != nil {
		head = append(head, s.date(r.Published.Value))
	}
	state := fmt.Sprintf("%s, revision %d", schemas.EventName(ev.Type), ev.Revision)
	if ev.Type == schemas.EventWithdrawn || ev.Type == schemas.EventErased {
		state = s.alert(state)
	}
	fmt.Fprintln(w, strings.Join(append(head, state), " · "))
	if ev.Reason != "" || len(ev.Changes) > 0 {
		fmt.Fprintln(w, s.faint(aboutEvent(ev)))
	}
	for _, line := range nonEmpty(r.URL, r.ID) {
		fmt.Fprintln(w, s.faint(line))
	}
	if r.Text != "" {
		if !s.on && len(r.Quotes)+len(r.People)+len(r.Dates) > 0 {
			fmt.Fprintln(w, "\nmarked below: ⟦quote⟧ {person} <date>")
		}
		fmt.Fprintf(w, "\n%s\n", markedText(r, s))
	}
	v := &evidenceView{w: w, s: s, r: r}
	showFound(v)
}

// showFound prints what was found in the text and around it.
func showFound(v *evidenceView) {
	r := v.r
	if len(r.Quotes)+len(r.People)+len(r.Dates)+len(r.Credits)+len(r.Attachments) > 0 {
		fmt.Fprintln(v.w)
	}
	for _, q := range r.Quotes {
		who := v.s.faint("nobody named")
		if sp := q.Speaker; sp != nil {
			who = v.s.person(sp.Name) + roleOf(r, sp)
		}
		v.field("quote", v.s.quote("„"+oneLine(q.Text)+"“")+" — "+who, "")
	}
	for _, p := range r.People {
		v.field("person", strings.Join(nonEmpty(strings.TrimSpace(p.Title+" "+v.s.person(p.Name)), strings.Join(p.Roles, "; "), p.Organisation), " · "), "")
	}
	for _, d := range r.Dates {
		v.field("date", oneLine(d.Text)+" = "+v.s.date(orElse(d.Value, "?")), "")
	}
	for _, c := range r.Credits {
		v.field("credit", strings.Join(nonEmpty(c.Holder, c.Agency), " / "), "")
	}
	for _, a := range r.Attachments {
		v.field("attachment", strings.Join(nonEmpty(a.Title, a.URL), " · "), "")
	}
	if c := r.Contact; c != nil {
		v.field("contact", strings.Join(nonEmpty(c.Name, c.Phone, c.Email), " · "), "")
	}
	if e := r.Embargo; e != nil {
		v.field("embargo", strings.Join(nonEmpty(e.Until, "“"+oneLine(e.Text)+"”"), " · "), "")
	}
	v.field("usage", oneLine(r.Usage), "")
}
