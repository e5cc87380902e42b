package schedule

import (
	"math"
	"strconv"
	"time"
)

// Rhythm is how many releases a source published in each hour of the week, old ones counting less: "1-9" is Monday from 9 to 10 o'clock
// in the source's zone. A nil Rhythm knows nothing.
type Rhythm map[string]float64

// fade is how long a release takes to count half.
const fade = 8 * 7 * 24 * time.Hour

// An hour outside office hours is busy when it had about one release of late, and this share of all.
const (
	likelyCount = 0.8
	likelyShare = 0.02
	forgotten   = 0.05 // less is as good as none
)

func hourOf(local time.Time) string {
	return strconv.Itoa(int(local.Weekday())) + "-" + strconv.Itoa(local.Hour())
}

func (r Rhythm) likely(local time.Time) bool {
	n := r[hourOf(local)]
	return n >= likelyCount && n >= likelyShare*r.total()
}

func (r Rhythm) total() float64 {
	var sum float64
	for _, n := range r {
		sum += n
	}
	return sum
}

// learn is the rhythm after n new releases were found in local's hour, time having passed since it was last written.
func (r Rhythm) learn(local time.Time, n int, passed time.Duration) Rhythm {
	out := make(Rhythm, len(r)+1)
	keep := math.Exp2(-max(passed, 0).Hours() / fade.Hours())
	for h, v := range r {
		if v *= keep; v >= forgotten {
			out[h] = math.Round(v*1000) / 1000
		}
	}
	if n > 0 {
		// One day with forty releases, a first crawl say, is no habit.
		out[hourOf(local)] += math.Min(float64(n), 2)
	}
	return out
}
