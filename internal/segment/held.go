package segment

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/kreispresse/kreispresse/schemas"
)

// saying is the hash of an event whose data may have been written anew: members in another order, other escapes, other white space.
func saying(ev *schemas.Event, release []byte) link {
	dec := json.NewDecoder(bytes.NewReader(release))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) == nil {
		if b, err := json.Marshal(v); err == nil {
			release = b
		}
	}
	return leafOf(ev, release)
}

// Held is what a subscriber has: a file of events, one JSON object a line, as replay, tail --json and the HTTP feed write them, in any order
// and however their JSON is written.
type Held struct {
	leaves map[uint64]link
	part   Part

	Events int // different ones
	Twice  int // that came more than once, the same each time
}

// Part is the part of the feed that a subscriber takes. Empty: all of it.
type Part struct {
	Sources []string // ids
	State   string   // code of the Land
}

func (p Part) all() bool { return len(p.Sources) == 0 && p.State == "" }

func (p Part) has(ev *schemas.Event, release []byte) bool {
	if len(p.Sources) > 0 && !slices.Contains(p.Sources, sourceOf(ev)) {
		return false
	}
	if p.State == "" {
		return true
	}
	var r struct {
		Source schemas.Source `json:"source"`
	}
	return json.Unmarshal(release, &r) == nil && r.Source.State == p.State
}

// ReadHeld reads what a subscriber has. Each event takes about a hundred bytes of memory. Problems are lines that are no event, and two events with one
// sequence.
func ReadHeld(r io.Reader, part Part, report func(Problem)) (*Held, error) {
	h := &Held{leaves: map[uint64]link{}, part: part}
	lines := bufio.NewReaderSize(r, 1<<20)
	for n, line := 1, []byte(nil); ; n++ {
		var err error
		if line, err = readLine(lines, line[:0]); errors.Is(err, io.EOF) {
			return h, nil
		}
		where := fmt.Sprintf("line %d", n)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			report(Problem{where, "it is cut off"})
			return h, nil
		}
		if err != nil {
			return nil, &schemas.Error{Op: "verify", Thing: where, Kind: schemas.KindStorage, Err: err}
		}
		ev, release, err := schemas.ParseEventJSON(line)
		switch {
		case err != nil:
			report(Problem{where, err.Error()})
		case ev.Sequence == 0:
			report(Problem{where, "the event has no sequence: it cannot be accounted for"})
		case !part.has(ev, release):
			report(Problem{where, fmt.Sprintf("event %d is of another part of the feed", ev.Sequence)})
		default:
			h.take(ev.Sequence, saying(ev, release), where, report)
		}
	}
}

func (h *Held) take(seq uint64, leaf link, where string, report func(Problem)) {
	old, ok := h.leaves[seq]
	switch {
	case !ok:
		h.leaves[seq] = leaf
		h.Events++
	case old == leaf:
		h.Twice++
	default:
		report(Problem{where, fmt.Sprintf("it is not the event %d that came before", seq)})
	}
}

// Gaps reports the sequences that are missing between the first and the last event, when there is no archive to compare with: then nobody can tell
// whether they were erased. It needs the whole feed.
func (h *Held) Gaps(report func(Problem)) error {
	if !h.part.all() {
		return &schemas.Error{
			Op: "verify", Kind: schemas.KindInvalid, Err: errors.New("whether a part of the feed is whole only an archive can tell"), Hint: "give --segments",
		}
	}
	seqs := make([]uint64, 0, len(h.leaves))
	for seq := range h.leaves {
		seqs = append(seqs, seq)
	}
	slices.Sort(seqs)
	for i := 1; i < len(seqs); i++ {
		if from, to := seqs[i-1]+1, seqs[i]-1; from <= to {
			report(Problem{sequences(from, to), "missing; whether it was erased only an archive can tell (--segments)"})
		}
	}
	return nil
}

func sequences(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("sequence %d", from)
	}
	return fmt.Sprintf("sequences %d to %d", from, to)
}

// Against compares what a subscriber has with an archive: every event of it from a sequence on must be there and be the same, and what was erased must not
// be there any more. It returns how many events lie behind the end of the archive, of which nothing can be said.
func (h *Held) Against(ctx context.Context, s Store, from uint64, report func(Problem)) (later int, err error) {
	m, err := ReadManifest(ctx, s)
	if err != nil {
		return 0, err
	}
	var missing [2]uint64 // a run of sequences
	flush := func() {
		if missing[0] > 0 {
			report(Problem{sequences(missing[0], missing[1]), "missing"})
			missing[0] = 0
		}
	}
	for seq, g := range m.erasedSequences() {
		if _, ok := h.leaves[seq]; ok && seq >= from {
			report(Problem{sequences(seq, seq), "it was erased: erase your copy (sha256 of the release: " + g.SHA256 + ")"})
		}
	}
	_, err = Read(ctx, s, m, from, func(ev *schemas.Event, release []byte) error {
		if !h.part.has(ev, release) {
			return nil
		}
		leaf, ok := h.leaves[ev.Sequence]
		switch {
		case !ok && missing[0] > 0:
			missing[1] = ev.Sequence
			return nil
		case !ok:
			missing = [2]uint64{ev.Sequence, ev.Sequence}
			return nil
		}
		flush()
		if leaf != saying(ev, release) {
			report(Problem{sequences(ev.Sequence, ev.Sequence), "it was altered: it is not the event that the archive has"})
		}
		return nil
	})
	flush()
	for seq := range h.leaves {
		if seq >= m.Next {
			later++
		}
	}
	return later, err
}
