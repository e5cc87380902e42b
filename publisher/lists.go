package publisher

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/kreispresse/kreispresse/schemas"
)

// Lists keeps the last few different first pages of lists and feeds, in the bucket press_sources, one key "<source>.list.<start>" each.
type Lists struct{ bucket[keptList] }

// keptList is what is kept of one list. Its pages are packed together, since each repeats most of the one before.
type keptList struct {
	Kind  string `json:"kind"`
	URL   string `json:"url"`
	Pages []byte `json:"pages"` // zstd: a line of JSON, keptPage a page, oldest first; then their bodies one after the other
}

type keptPage struct {
	schemas.ListPage
	Size int `json:"size"` // of its body
}

// Lists gives access to the pages that are kept of lists.
func (b *Bus) Lists() *Lists {
	return &Lists{bucket[keptList]{b, schemas.BucketSources, "kept list"}}
}

const listKey = ".list."

func keyOfList(source, kind, url string) string {
	sum := sha256.Sum256([]byte(kind + " " + url))
	return source + listKey + hex.EncodeToString(sum[:8])
}

// Keep adds a page to those that are kept of its list, if it is worth it, see schemas.KeepListPage. Where they do not fit into a message
// together the oldest go; KindTooLarge when one alone does not. What somebody else keeps of the list at the same time is as good.
func (l *Lists) Keep(ctx context.Context, source string, page schemas.ListPage) error {
	if err := schemas.CheckToken(source); err != nil {
		return errorf(schemas.KindInvalid, l.op, source, "%w", err)
	}
	key := keyOfList(source, page.Kind, page.URL)
	var pages []schemas.ListPage
	have, rev, err := l.get(ctx, key)
	if err == nil {
		pages, err = l.unpack(key, have)
	}
	switch kind := schemas.KindOf(err); {
	case err == nil, kind == schemas.KindNotFound:
	case kind == schemas.KindStorage && rev != 0:
		l.b.log.Warn("the pages that are kept of a list cannot be read and are kept anew", "error", err)
		pages = nil
	default:
		return err
	}
	pages, changed := schemas.KeepListPage(pages, page)
	if !changed {
		return nil
	}
	packed, err := l.fit(pages)
	if err != nil {
		return err
	}
	if _, err = l.put(ctx, key, packed, rev); schemas.KindOf(err) == schemas.KindConflict {
		return nil
	}
	return err
}

// fit packs the newest pages that one message takes.
func (l *Lists) fit(pages []schemas.ListPage) (keptList, error) {
	for ; ; pages = pages[1:] {
		packed, err := l.pack(pages)
		if err != nil {
			return keptList{}, err
		}
		text, err := json.Marshal(packed)
		if err != nil {
			return keptList{}, errorf(schemas.KindInternal, l.op, packed.URL, "%w", err)
		}
		size, most := int64(len(text))+messageMargin, l.b.nc.MaxPayload()
		if size <= most {
			return packed, nil
		}
		if len(pages) == 1 {
			return keptList{}, errorf(schemas.KindTooLarge, l.op, packed.URL, "its page takes %d bytes and a message %d at most", size, most)
		}
	}
}

func (l *Lists) pack(pages []schemas.ListPage) (keptList, error) {
	about := make([]keptPage, len(pages))
	size := 0
	for i, p := range pages {
		about[i] = keptPage{p, len(p.Body)}
		size += len(p.Body)
	}
	text, err := json.Marshal(about)
	if err != nil {
		return keptList{}, errorf(schemas.KindInvalid, l.op, pages[0].URL, "%w", err)
	}
	all := append(slices.Grow(text, size+1), '\n')
	for _, p := range pages {
		all = append(all, p.Body...)
	}
	return keptList{Kind: pages[0].Kind, URL: pages[0].URL, Pages: l.b.pack.enc.EncodeAll(all, nil)}, nil
}

func (l *Lists) unpack(key string, k keptList) ([]schemas.ListPage, error) {
	bad := func(err error) ([]schemas.ListPage, error) { return nil, l.unreadable(key, err) }
	all, err := l.b.pack.dec.DecodeAll(k.Pages, nil)
	if err != nil {
		return bad(err)
	}
	text, bodies, _ := bytes.Cut(all, []byte("\n"))
	var about []keptPage
	if err := json.Unmarshal(text, &about); err != nil {
		return bad(err)
	}
	pages := make([]schemas.ListPage, len(about))
	for i, p := range about {
		if p.Size < 0 || p.Size > len(bodies) {
			return bad(errors.New("a body is not whole"))
		}
		pages[i], pages[i].Body = p.ListPage, bodies[:p.Size:p.Size]
		bodies = bodies[p.Size:]
	}
	return pages, nil
}

// Each calls fn for each list of a source, of every source when it is empty, with the pages that are kept of it, oldest first, until fn
// returns an error, which is returned.
func (l *Lists) Each(ctx context.Context, source string, fn func(source string, pages []schemas.ListPage) error) error {
	if source == "" {
		source = "*"
	}
	return l.each(ctx, source+listKey+"*", 0, 0, func(key string, k keptList, _ uint64) error {
		pages, err := l.unpack(key, k)
		if err != nil {
			return err
		}
		of, _, _ := strings.Cut(key, ".")
		return fn(of, pages)
	})
}

// Drop forgets the pages of lists and feeds of a source whose addresses are not among starts.
func (l *Lists) Drop(ctx context.Context, source string, starts []string) error {
	if err := schemas.CheckToken(source); err != nil {
		return errorf(schemas.KindInvalid, l.op, source, "%w", err)
	}
	revs := map[string]uint64{}
	err := l.each(ctx, source+listKey+"*", 0, 0, func(key string, k keptList, rev uint64) error {
		if !slices.Contains(starts, k.URL) {
			revs[key] = rev
		}
		return nil
	})
	for key, rev := range revs {
		if err == nil {
			err = l.delete(ctx, key, rev)
		}
	}
	return err
}
