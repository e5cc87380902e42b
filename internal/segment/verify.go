package segment

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Problem is something that is not as it should be.
type Problem struct {
	Thing string `json:"thing"`
	What  string `json:"what"`
}

// Verified is what was looked at.
type Verified struct {
	Segments int    `json:"segments"`
	Events   int    `json:"events"`
	Erased   int    `json:"erased"` // with a receipt
	Lost     int    `json:"lost"`
	Days     int    `json:"days"`          // that are closed
	Next     uint64 `json:"next"`          // where the live feed goes on
	Key      string `json:"key,omitempty"` // that signed the manifest; empty: nothing is signed
	Problems int    `json:"problems"`
}

// Verify reads a whole archive and reports whatever is cut off, altered, missing or not signed as it says: every sequence is an event, was erased, or is
// lost, and the chain over all of them is the one that was signed. trusted is the public key, or its id, that the reader got elsewhere; empty: the
// first key of the archive is believed. It needs nothing but the archive. The error is that of reading.
func Verify(ctx context.Context, s Store, trusted string, report func(Problem)) (*Verified, error) {
	for known := ""; ; {
		var found []Problem
		v := &verifier{report: func(p Problem) { found = append(found, p) }, known: known}
		err := v.verify(ctx, s, trusted)
		if errors.Is(err, errReplaced) {
			known = v.known
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			report(p)
		}
		return &v.Verified, nil
	}
}

// errReplaced is an open segment whose file is not there: the archive may have been brought up to date meanwhile.
var errReplaced = errors.New("replaced")

func (v *verifier) verify(ctx context.Context, s Store, trusted string) error {
	m, err := ReadManifest(ctx, s)
	if err != nil {
		return err
	}
	v.Verified, v.m, v.days = Verified{Next: m.Next, Days: len(m.Days)}, m, m.Days
	switch {
	case len(m.Keys) > 0 || trusted != "":
		if err := m.checkSignatures(trusted); err != nil {
			v.problem(ManifestName, err)
		} else {
			v.Key = m.Keys[len(m.Keys)-1].ID
		}
	}
	v.dayRanges()
	for _, seg := range m.Segments {
		if err := v.segment(ctx, s, seg); err != nil {
			return err
		}
	}
	return nil
}

type verifier struct {
	Verified
	report func(Problem)
	m      *Manifest
	days   []*Day // whose end was not reached
	chain  link
	known  string // file of an open segment that was not there before, either
}

func (v *verifier) problem(thing string, err error) {
	v.Problems++
	v.report(Problem{thing, strings.Join(strings.Fields(err.Error()), " ")})
}

// dayRanges: the days follow each other without a gap.
func (v *verifier) dayRanges() {
	next := uint64(1)
	for _, d := range v.m.Days {
		if d.From != next || d.To < d.From || d.Count != d.To-d.From+1 || d.To >= v.m.Next {
			v.problem("day "+d.Day, fmt.Errorf("its sequences %d to %d do not follow those of the day before, or are not all in the archive", d.From, d.To))
		}
		next = d.To + 1
	}
}

func (v *verifier) segment(ctx context.Context, s Store, seg *Segment) error {
	v.Segments++
	v.Erased += len(seg.Erased)
	v.Lost += len(seg.Lost)
	gone := map[uint64]link{}
	for _, list := range [][]Gone{seg.Erased, seg.Lost} {
		for _, g := range list {
			gone[g.Sequence], _ = parseLink(g.Leaf)
		}
	}
	next := seg.From
	step := func(leaf link) {
		v.chain = v.chain.and(leaf)
		v.dayAt(next)
		next++
	}
	events := 0
	err := readSegment(ctx, s, seg, func(ev *schemas.Event, release []byte) error {
		for next < ev.Sequence {
			step(gone[next])
		}
		step(leafOf(ev, release))
		events++
		return nil
	})
	v.Events += events
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case schemas.KindOf(err) == schemas.KindUnavailable:
		return err
	case seg.Open && schemas.KindOf(err) == schemas.KindNotFound && v.known != seg.Files[0].Name:
		v.known = seg.Files[0].Name
		return errReplaced
	case err != nil:
		v.bad(seg, err)
		return nil
	}
	for next <= seg.To {
		step(gone[next])
	}
	if v.chain.String() != seg.Chain {
		v.bad(seg, errors.New("its events are not those whose chain the manifest has"))
	}
	return v.table(ctx, s, seg)
}

// bad reports a segment, and goes on with the next one as if this were right.
func (v *verifier) bad(seg *Segment, err error) {
	v.problem(fmt.Sprintf("segment %d to %d", seg.From, seg.To), err)
	v.chain, _ = parseLink(seg.Chain)
	for len(v.days) > 0 && v.days[0].To <= seg.To {
		v.days = v.days[1:]
	}
}

// dayAt compares the chain with that of the day that ends here.
func (v *verifier) dayAt(seq uint64) {
	if len(v.days) == 0 || v.days[0].To != seq {
		return
	}
	if d := v.days[0]; d.Chain != v.chain.String() {
		v.problem("day "+d.Day, errors.New("what the archive has of it is not what was signed"))
	}
	v.days = v.days[1:]
}

// table checks the file of rows, when there is one: its hash is all that can be said of it here.
func (v *verifier) table(ctx context.Context, s Store, seg *Segment) error {
	f := seg.file(FormatParquet)
	if f == nil {
		return nil
	}
	r, err := fetch(ctx, s, f)
	switch {
	case err == nil:
		return r.Close()
	case ctx.Err() != nil || schemas.KindOf(err) == schemas.KindUnavailable:
		return err
	}
	v.problem(f.Name, err)
	return nil
}
