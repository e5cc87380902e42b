package export

import (
	"io"

	"github.com/kreispresse/kreispresse/schemas"
)

// jsonLines writes CloudEvents, one a line. A release that is given as it is stored goes through unread.
type jsonLines struct {
	w    io.Writer
	line []byte
}

func newJSONL(w io.Writer, _ Options) (Writer, error) { return &jsonLines{w: w}, nil }

func (*jsonLines) Begin() error { return nil }
func (*jsonLines) Close() error { return nil }

func (j *jsonLines) Write(ev *schemas.Event) error { return j.WriteRaw(ev, nil) }

func (j *jsonLines) WriteRaw(ev *schemas.Event, release []byte) (err error) {
	if j.line, err = ev.AppendJSON(j.line[:0], release); err != nil {
		return err
	}
	j.line = append(j.line, '\n')
	_, err = j.w.Write(j.line)
	return err
}
