package publisher

import "context"

// Count counts the events that Replay would give, without reading their data.
func (b *Bus) Count(ctx context.Context, f Filter) (int, error) {
	if err := f.check("count"); err != nil {
		return 0, err
	}
	want := f.reading()
	want.stop, want.headers = true, true
	r, err := b.open(ctx, want)
	if err != nil {
		return 0, err
	}
	defer r.close()
	if f.Type == "" && f.Until.IsZero() && (!f.Last || f.Since.IsZero()) {
		return int(r.todo), nil // the broker has counted
	}
	n := 0
	err = r.each(ctx, func(m *stored) error {
		if f.Type == "" || percentDecode(first(m.header, ceType)) == f.Type {
			n++
		}
		return nil
	})
	return n, err
}
