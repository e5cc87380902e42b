package publisher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/kreispresse/kreispresse/schemas"
)

// Room is how much more can be stored, in bytes: on the disk of an embedded server, or by the limit of the account on another one.
type Room struct {
	Where  string  `json:"where"`
	Free   uint64  `json:"free"`
	Total  uint64  `json:"total"`
	Floor  uint64  `json:"floor"`             // with less free nothing is crawled
	PerDay float64 `json:"per_day,omitempty"` // by which the streams have grown of late; 0: they do not, or it is not known yet
}

// Low reports less room than the floor.
func (r Room) Low() bool { return r.Free < r.Floor }

// Days is for how many days there is room until the floor is reached; false: nothing can be said.
func (r Room) Days() (float64, bool) {
	if r.PerDay <= 0 {
		return 0, false
	}
	return float64(r.Free-min(r.Floor, r.Free)) / r.PerDay, true
}

func (r Room) String() string {
	s := fmt.Sprintf("%s free on %s", Bytes(r.Free), r.Where)
	if days, ok := r.Days(); ok {
		s += fmt.Sprintf(", %.1f MiB a day: enough for %.0f days", r.PerDay/(1<<20), days)
	}
	return s
}

// Bytes is a number of bytes for people.
func Bytes(n uint64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
}

func (r Room) err() error {
	return &schemas.Error{
		Op: "store", Kind: schemas.KindStorage, Thing: r.Where, Err: fmt.Errorf("%s are free, and nothing is crawled below %s", Bytes(r.Free), Bytes(r.Floor)),
		Hint: "free space or set a lower floor; it goes on by itself",
	}
}

// The floor where none is set: a twentieth of what there is, but not more than a day of a first crawl of everything needs.
const (
	floorShare = 20
	maxFloor   = 1 << 30
)

// errNoRoom says that nobody knows how much room there is.
var errNoRoom = errors.New("the room of this broker is not known")

// room is Room without the growth, which has to be asked for.
func (b *Bus) room(ctx context.Context) (r Room, err error) {
	if r.Where = b.DataDir(); r.Where != "" {
		r.Free, r.Total, err = diskRoom(r.Where)
	} else {
		r, err = b.accountRoom(ctx)
	}
	if err != nil {
		return r, err
	}
	if r.Floor = uint64(b.cfg.Floor); r.Floor == 0 {
		r.Floor = min(r.Total/floorShare, maxFloor)
	}
	return r, nil
}

// accountRoom is what the account's limit leaves on a server elsewhere; without one nobody knows.
func (b *Bus) accountRoom(ctx context.Context) (Room, error) {
	ctx, cancel := b.request(ctx, "", "$JS.API.INFO") // not everybody may ask
	defer cancel()
	info, err := b.js.AccountInfo(ctx)
	if err != nil {
		return Room{}, b.fail(ctx, "status", b.cfg.thing(), err)
	}
	limit, used := info.Limits.MaxStore, info.Store
	if limit <= 0 {
		return Room{}, errNoRoom
	}
	return Room{Where: "the account on " + b.nc.ConnectedUrlRedacted(), Free: uint64(limit) - min(used, uint64(limit)), Total: uint64(limit)}, nil
}

// Room says how much more can be stored and how fast it fills. False: nobody knows.
func (b *Bus) Room(ctx context.Context) (Room, bool) {
	r, err := b.room(ctx)
	if err != nil {
		if !errors.Is(err, errNoRoom) {
			b.log.Debug("the room cannot be told", "error", err)
		}
		return r, false
	}
	r.PerDay = b.growth(ctx)
	return r, true
}

// lowness remembers whether there is enough room. It is asked before each page that is archived.
type lowness struct {
	mu    sync.Mutex
	low   bool
	asked time.Time // when the broker was, for a server elsewhere
	last  error
}

const (
	askRoomEvery = 30 * time.Second // of a server elsewhere
	regain       = 4                // once there was too little, a quarter more than the floor is wanted: else it would be told page by page
)

// Enough says why nothing may be crawled for want of room; nil when it may. An embedded server that a full disk has broken is started anew
// as soon as there is room again.
func (b *Bus) Enough(ctx context.Context) error {
	if err := b.enough(ctx); err != nil {
		return err
	}
	return b.heal(ctx)
}

func (b *Bus) enough(ctx context.Context) error {
	l := &b.lowness
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.DataDir() == "" {
		if time.Since(l.asked) < askRoomEvery {
			return l.last
		}
		l.asked = time.Now()
	}
	r, err := b.room(ctx)
	l.last = nil
	if err != nil {
		return nil // what nobody knows keeps nobody
	}
	want := r
	if l.low {
		want.Floor += want.Floor / regain
	}
	if l.low = want.Low(); l.low {
		l.last = r.err()
	}
	return l.last
}

// keyGrowth is where it stands in press_sources how much the streams held, day by day.
const keyGrowth = "_growth"

// grown is what the streams held at the first mark of each of the last days, in bytes.
type grown map[string]uint64

const (
	grownDays = 15
	dayHours  = 24
)

// perDay is by how much the streams grew a day, from the oldest day that is remembered to now.
func (g grown) perDay(now time.Time, bytes uint64) float64 {
	days := slices.Sorted(maps.Keys(g))
	if len(days) == 0 {
		return 0
	}
	first, err := time.Parse(time.DateOnly, days[0])
	if err != nil || now.Sub(first) < dayHours*time.Hour || bytes <= g[days[0]] {
		return 0
	}
	return float64(bytes-g[days[0]]) / (now.Sub(first).Hours() / dayHours)
}

// learn adds a day, once, and forgets those that are too old; nil when nothing is new.
func (g grown) learn(now time.Time, bytes uint64) grown {
	today := now.UTC().Format(time.DateOnly)
	if _, ok := g[today]; ok {
		return nil
	}
	g = maps.Clone(g)
	if g == nil {
		g = grown{}
	}
	g[today] = bytes
	oldest := now.UTC().AddDate(0, 0, -grownDays).Format(time.DateOnly)
	maps.DeleteFunc(g, func(day string, _ uint64) bool { return day < oldest })
	return g
}

// growth is by how many bytes a day the streams have grown of late.
func (b *Bus) growth(ctx context.Context) float64 {
	m, err := b.oneMark(ctx, streamSources, b.Sources().subject(keyGrowth))
	if err != nil || m == nil {
		return 0
	}
	var g grown
	if json.Unmarshal(m.data, &g) != nil {
		return 0
	}
	var bytes uint64
	for _, c := range table(1) {
		s, err := b.streamStatus(ctx, c.Name)
		if err != nil {
			return 0
		}
		bytes += s.Bytes
	}
	return g.perDay(time.Now(), bytes)
}

// learnGrowth notes once a day, of UTC as in grown, how much the streams hold.
func (b *Bus) learnGrowth(ctx context.Context, now time.Time, bytes uint64) {
	day := now.Unix() / (dayHours * 60 * 60)
	if b.grownOn.Load() == day {
		return
	}
	var g grown
	rev, err := b.Sources().Get(ctx, keyGrowth, &g)
	if err != nil && schemas.KindOf(err) != schemas.KindNotFound && schemas.KindOf(err) != schemas.KindStorage {
		return
	}
	if next := g.learn(now, bytes); next != nil {
		if _, err := b.Sources().Put(ctx, keyGrowth, next, rev); err != nil && schemas.KindOf(err) != schemas.KindConflict {
			b.log.Debug("could not note how much is stored", "error", err)
			return
		}
	}
	b.grownOn.Store(day)
}
