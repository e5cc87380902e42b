package segment

import (
	"bytes"
	"fmt"
)

// Day is what one day brought: a range of sequences, and the chain at its end. With the segments it proves that nothing of the day was left
// out, added or altered since it was signed.
type Day struct {
	Day       string `json:"day"` // UTC, 2006-01-02
	From      uint64 `json:"from"`
	To        uint64 `json:"to"`
	Count     uint64 `json:"count"` // of sequences
	Chain     string `json:"chain"` // link of To
	Key       string `json:"key,omitempty"`
	Signature string `json:"signature,omitempty"` // of statement, base64
}

// statement is what is signed of a day. It is plain lines, so that any program can put them together again.
func (d *Day) statement(stream string) []byte {
	return fmt.Appendf(nil, "kreispresse-day/1\n%s\n%s\n%d\n%d\n%d\n%s\n", stream, d.Day, d.From, d.To, d.Count, d.Chain)
}

// statement is what is signed of a manifest: which bytes its segments have, what is missing in them, its days and its keys.
func (m *Manifest) statement() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n%d\n", Format, m.Stream.ID, m.Next)
	for _, s := range m.Segments {
		f := s.file(FormatNDJSON)
		fmt.Fprintf(&b, "segment %d %d %s %s %s\n", s.From, s.To, f.SHA256, f.ContentSHA256, s.Chain)
		for _, g := range s.Erased {
			fmt.Fprintf(&b, "erased %d %s\n", g.Sequence, g.Leaf)
		}
		for _, g := range s.Lost {
			fmt.Fprintf(&b, "lost %d %s\n", g.Sequence, g.Leaf)
		}
	}
	for _, d := range m.Days {
		fmt.Fprintf(&b, "day %s %d %s\n", d.Day, d.To, d.Chain)
	}
	for _, k := range m.Keys {
		fmt.Fprintf(&b, "key %s %s\n", k.ID, k.Public)
	}
	return b.Bytes()
}

// checkSignatures says whether everything that is signed is signed by a key of the chain that the reader trusts.
func (m *Manifest) checkSignatures(trusted string) error {
	if err := checkKeys(m.Keys, trusted); err != nil {
		return err
	}
	if !m.Keys[len(m.Keys)-1].signed(m.statement(), m.Signature) {
		return fmt.Errorf("the signature of %s is not that of key %s", ManifestName, m.Keys[len(m.Keys)-1].ID)
	}
	byID := map[string]Key{}
	for _, k := range m.Keys {
		byID[k.ID] = k
	}
	for _, d := range m.Days {
		if !byID[d.Key].signed(d.statement(m.Stream.ID), d.Signature) {
			return fmt.Errorf("the signature of day %s is not that of key %s", d.Day, d.Key)
		}
	}
	return nil
}
