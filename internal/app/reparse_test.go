package app

import (
	"strings"
	"testing"

	"github.com/kreispresse/kreispresse/internal/compare"
)

// TestViewDifference: long texts are shown by what differs, with a little around it.
func TestViewDifference(t *testing.T) {
	long := strings.Repeat("Die Brücke über die Mühlenau wird von Montag an saniert. ", 8)
	for name, tt := range map[string]struct {
		d    compare.Difference
		want string
	}{
		"a speaker": {compare.Difference{Kind: compare.SpeakerGained, After: "Ute Kern"}, "      – → Ute Kern\n"},
		"nothing":   {compare.Difference{Kind: compare.QuoteLost, Of: "Ja."}, ""},
		"a word in a long text": {
			compare.Difference{Kind: "text", Before: long + "Alt. " + long, After: long + "Neu. " + long},
			"      …u wird von Montag an saniert. [-Alt-]{+Neu+}. Die Brücke über die Mühlenau…\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			viewDifference(&b, tt.d)
			if b.String() != tt.want {
				t.Errorf("%q\nwant %q", b.String(), tt.want)
			}
		})
	}
}
