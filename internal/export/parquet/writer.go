package parquet

import (
	"io"

	pq "github.com/parquet-go/parquet-go"

	"github.com/kreispresse/kreispresse/schemas"
)

// Bounds of a row group: whichever is reached first ends it. What a writer holds in memory grows with the larger of them, not with the file.
const (
	groupRows  = 16 << 10
	groupBytes = 32 << 20 // of texts, before compression
)

// batch is how many rows are handed on at once: what the library does for each call is spread over them.
const batch = 64

// Writer writes a Parquet file of rows: zstd, row groups of bounded size, no value larger than it must be in the footer. The same rows give the
// same bytes. It is not for several goroutines.
type Writer struct {
	w     *pq.GenericWriter[Row]
	rows  []Row
	count int // of rows in the group
	bytes int // of texts in the group
}

// NewWriter is a writer of a file to w. The file is whole only after Close.
func NewWriter(w io.Writer) *Writer {
	return &Writer{rows: make([]Row, 0, batch), w: pq.NewGenericWriter[Row](w,
		pq.Compression(newCodec()),
		pq.CreatedBy("kreispresse", "1", "0"),
		pq.PageBufferSize(256<<10),
		pq.WriteBufferSize(64<<10),
		pq.DataPageVersion(1),        // every reader knows it
		pq.DataPageStatistics(false), // the column index has them, cut to 16 bytes
		pq.SkipPageBounds("title"), pq.SkipPageBounds("text"), pq.SkipPageBounds("lead"), pq.SkipPageBounds("kicker"),
	)}
}

// Write adds an event.
func (w *Writer) Write(ev *schemas.Event) error { return w.WriteRow(Of(ev)) }

// WriteRow adds a row. It keeps the row's texts until they are written.
func (w *Writer) WriteRow(row *Row) error {
	w.rows = append(w.rows, *row)
	size := row.size()
	w.count, w.bytes = w.count+1, w.bytes+size
	if w.count >= groupRows || w.bytes >= groupBytes {
		if err := w.hand(); err != nil {
			return err
		}
		w.count, w.bytes = 0, 0
		return w.w.Flush()
	}
	if len(w.rows) == batch {
		return w.hand()
	}
	return nil
}

func (w *Writer) hand() error {
	_, err := w.w.Write(w.rows)
	clear(w.rows)
	w.rows = w.rows[:0]
	return err
}

// Close writes what is left and the footer. It does not close what is below.
func (w *Writer) Close() error {
	if err := w.hand(); err != nil {
		return err
	}
	return w.w.Close()
}

// size is about how many bytes of memory a row takes.
func (row *Row) size() int {
	n := 512 + len(row.Title) + len(row.Kicker) + len(row.Lead) + len(row.Text) + len(row.URL) + len(row.CanonicalURL) + len(row.Usage)
	n += 48 * len(row.Blocks)
	for i := range row.Quotes {
		n += 128 + len(row.Quotes[i].Text) + len(row.Quotes[i].Speaker)
	}
	for i := range row.People {
		n += 256
		for j := range row.People[i].Mentions {
			n += 32 + len(row.People[i].Mentions[j].Text)
		}
	}
	n += 192 * len(row.Dates)
	for i := range row.Images {
		n += 64 + len(row.Images[i].URL) + len(row.Images[i].Alt) + len(row.Images[i].Caption)
	}
	for i := range row.Credits {
		n += 64 + len(row.Credits[i].Raw)
	}
	return n
}
