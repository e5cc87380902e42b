package publisher

import "context"

// Count counts the events that Replay would give, without reading their data.
func (b *Bus) Count(ctx context.Context, f Filter) (int, error) {
	if err := f.check("count"); err != nil {
		return 0, err
	}
	if !f.AsOf.IsZero() || f.Type != "" || !f.Until.IsZero() || f.Last && !f.Since.IsZero() {
		m, err := b.Measure(ctx, f)
		return m.Events, err
	}
	want := f.reading()
	want.stop, want.headers = true, true
	r, err := b.open(ctx, want)
	if err != nil {
		return 0, err
	}
	defer r.close()
	return int(r.todo), nil // the broker has counted
}
