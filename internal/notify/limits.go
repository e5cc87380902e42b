package notify

import "time"

const (
	// DefaultAfter is how long an incident lasts before it is told: a source that failed once is asked again after 24 minutes.
	DefaultAfter = 30 * time.Minute
	// settle is how long good news and outages wait at most for others that belong into the same message.
	settle = 5 * time.Minute
	// many is how many sources have to be concerned for one message instead of one each.
	many = 5
	// shown is how many sources a message about many names.
	shown = 20

	// tick is how often the desk looks at the clock.
	tick = 10 * time.Second
	// firstRetry doubles with each attempt, up to lastRetry; a message is given up after giveUp.
	firstRetry, lastRetry = 5 * time.Second, 30 * time.Minute
	giveUp                = 24 * time.Hour
	// waiting is how many messages may wait for a channel that does not answer; then the oldest goes.
	waiting = 50
	// sendTime bounds one attempt. When the process ends, what is under way has closeTime, and so has what is left.
	sendTime, closeTime = 20 * time.Second, 2 * time.Second
	// leaveTime is for writing down what is left to the next process.
	leaveTime = time.Second
)

// retryAfter is the pause after an attempt that failed, counted from 1.
func retryAfter(attempt int) time.Duration {
	d := firstRetry
	for ; attempt > 1 && d < lastRetry; attempt-- {
		d *= 2
	}
	return min(d, lastRetry)
}
