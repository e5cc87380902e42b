package timex

const (
	shortestDayName      = 6
	minPart              = 3
	reachOfWeak          = 4
	longestNumber        = 9
	dayReachBlocks       = 1
	dayReachSents        = 4
	dayReachSentsInBlock = 8
	clockReachBlocks     = 4
	clockReachSents      = 10
	mostMonths           = 12
	firstYear            = 1000
	lastYear             = 2100
	shortYearTurn        = 40
	mostAttributes       = 3
	mostCenturies        = 30
	soon                 = 3
	soonUntold           = 4
	fittingClaims        = 4
	fittingTokens        = 8
	mostClocks           = 12
	dayAheadTokens       = 2
	mostDays             = 24
	lastShortYear        = 50
	longestReach         = 3000
	eventReach           = 3
	earlyYear            = 1500
	lastOfficeYear       = 2050
	shortestPreterite    = 5
	shortestParticiple   = 6
	shortestStem         = 4
	farthestCue          = 1000
	cueReach             = 40
	markPenalty          = 2
	clausePenalty        = 6
	closeReport          = 3
	reportPenalty        = 8
	presentPenalty       = 2
	verbAfterPhrase      = 4
	auxiliaryReach       = 31
	scratchClaims        = 16
)

var lengthsOfDayNames = [...]int{6, 7, 8, 10}
