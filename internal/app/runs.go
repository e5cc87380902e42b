package app

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/kreispresse/kreispresse/internal/pipeline"
)

// viewRun prints one manifest as a line.
func (p *program) viewRun(source string, at time.Time, data []byte) error {
	var rep pipeline.Report
	if err := json.Unmarshal(data, &rep); err != nil {
		return invalid("runs", source, "see it as it is: --json", err)
	}
	failed := ""
	if err := rep.Err(); err != nil {
		failed = " · " + oneLine(err.Error())
	}
	_, err := fmt.Fprintf(p.stdout, "%s  %s  %s · %s · %s%s\n",
		at.Local().Format(time.DateTime), source, rep.Summary.String(), pipeline.Tally(rep.Releases), plural(int(rep.Requests), "request"), failed)
	return err
}
