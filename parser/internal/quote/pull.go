package quote

import (
	"strings"

	"github.com/kreispresse/kreispresse/parser/internal/text"
	"github.com/kreispresse/kreispresse/schemas"
)

// linkPulls ties each pull to the quote it repeats.
func linkPulls(d *text.Doc, qs []Quote) {
	for i := range qs {
		if qs[i].Kind != schemas.QuotePull {
			continue
		}
		t := d.Slice(qs[i].Spans[0])
		for j := range qs {
			if qs[j].Kind == schemas.QuotePull {
				continue
			}
			for _, s := range qs[j].Spans {
				if strings.Contains(d.Slice(s), t) {
					qs[i].Of, qs[i].Speaker = j, qs[j].Speaker
				}
			}
		}
	}
}
