package export

import (
	"io"

	"github.com/kreispresse/kreispresse/internal/export/parquet"
	"github.com/kreispresse/kreispresse/schemas"
)

// columnar is a file of Parquet.
type columnar struct{ w *parquet.Writer }

func newParquet(w io.Writer, _ Options) (Writer, error) { return columnar{parquet.NewWriter(w)}, nil }

func (columnar) Begin() error                    { return nil }
func (c columnar) Write(ev *schemas.Event) error { return c.w.Write(ev) }
func (c columnar) Close() error                  { return c.w.Close() }
