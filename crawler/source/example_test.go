package source_test

import (
	"errors"
	"fmt"

	"github.com/kreispresse/kreispresse/crawler/source"
)

// A source file is read strictly, and all its problems are told at once.
func ExampleParse() {
	_, err := source.Parse("kreis-muster.yaml", []byte(`id: kreis-muster
name: Kreis Muster
state: NRW
base: https://www.kreis-muster.example/
start:
  feds: [/presse/rss.xml]
pace: 10ms
`))
	var problems source.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Println(p)
		}
	}
	// Output:
	// kreis-muster.yaml:3: state: "NRW", expected the code of the Land: BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH
	// kreis-muster.yaml:6: start.feds: unknown key, did you mean "feeds"?
	// kreis-muster.yaml:7: pace: 10ms is too fast for a public host, expected at least 500ms (less only with allow_private)
}
