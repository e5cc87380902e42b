package timex

// The numbers of this package that were chosen, not given by the calendar. Each says what it is for and what was seen when it was
// changed alone, on 3,683 development texts with 10,567 expressions and on the 301 of KRAUTS that are right in span and value
// ("more: 5" means that five expressions change when the number grows by one, "half" and "double" that it is halved or doubled).
// Where nothing changes the number is a bound for hostile text or a bound that common sense sets. limits_test.go has a text on either
// side of each.

// How far back a time looks for its day.
const (
	// A part of a day ("am Abend") looks into the block before, and there four sentences back. Blocks: more 6, less 15 (KRAUTS −2).
	dayReachBlocks = 1
	// Sentences: more 0, double 5, less 3.
	dayReachSents = 4
	// In its own block it looks eight sentences back: more 0, less 2, half 8 (KRAUTS −2).
	dayReachSentsInBlock = 8
	// The hours of an event are often told some paragraphs after its day. Blocks: more 0, double 17, less 2, half 45.
	clockReachBlocks = 4
	// Sentences: more 2, double 17, less 1, half 69.
	clockReachSents = 10
	// A time with a point and without "Uhr" needs a sure one at most so many tokens before it.
	clockBefore = 24
	// "Heute" is a day where a time of day follows within so many tokens of the sentence.
	clockAfterToday = 12
	// A day right behind a time has it: "um 18 Uhr, am 12. März" has two tokens between. More 1, less 0.
	dayAheadTokens = 2
)

// What a year is.
const (
	// Four-digit numbers are years from 1000 (half: 5 changes, all wrong) to 2100 (double: 10, all wrong).
	firstYear, lastYear = 1000, 2100
	// Numbers below 1500 are quantities more often than years, and 1500 itself may be. More 2, less 3.
	earlyYear = 1500
	// "Er wurde 2009 Landrat" is read up to 2050. More 0: nobody is said to hold an office so late.
	lastOfficeYear = 2050
	// Sommer '39 is 2039, Sommer '40 is 1940. Double 2, both wrong.
	shortYearTurn = 40
	// 1.1.50 is 2050, 1.1.51 is 1951, as Go and POSIX do it some years later (69). More 0.
	lastShortYear = 50
	// A mark or average makes marks of numbers within so many tokens behind it.
	gradeReach = 5
	// … and a list of such numbers has at most so many tokens: what is longer is no list, and not worth going back over at each number.
	gradeTokens = 40
	// A verb of growth makes a quantity of a number within so many tokens.
	growthReach = 12
	// The "twenties" are those of this century once the anchor lies thirty years behind their beginning.
	decadeGrace = 30
	// And only the tens and twenties can be.
	lastYoungDecade = 30
	// Centuries are counted to the thirtieth: half 33, more 0.
	mostCenturies = 30
)

// Which weekday, which year.
const (
	// "Diesen Freitag" in a clause that tells the past is the last one if the next is more than three days ahead. More 0, less 1.
	soon = 3
	// Without a tense a weekday is the next one up to four days ahead, else the last. More 4, less 9 (KRAUTS −2).
	soonUntold = 4
	// A weekday before a list of days belongs to the one that fits, among the next four claims within eight tokens. More 0, less 0.
	fittingClaims, fittingTokens = 4, 8
	// The weekday decides between years only within eleven months of the anchor. Half 9, double 3.
	weekdayReach = 330
	// A tale of another year goes on for two sentences. More 0, less 2.
	taleReach = 2
	// In the past tense days ahead of the anchor seem 300 days farther, so that last year's is chosen but for the next
	// weeks. Half 21, double 35.
	pastAhead = 300
	// What is announced may lie so many days behind the anchor, for releases that are shown late; beyond, it seems farther.
	// Graces: half 3, double 10 (future), 6 (present), 0. Factors: less 0, 2 (present), 0.
	futureGrace, futureFactor   = 45, 10
	presentGrace, presentFactor = 60, 4
	untoldGrace, untoldFactor   = 120, 2
	// A month or season that ended longer ago is next year's, one that begins later than this is last year's.
	// Half 0 and 28, double 4 and 1.
	periodGrace, periodAhead = 150, 270
)

// How the tense of a clause is found (tense.go); distances are in tokens.
const (
	// A cue is looked for in forty tokens each way. More 0, half 3.
	cueReach = 40
	// A quotation mark puts what lies beyond it two tokens farther away, a comma that joins no dates six. More 0, less 1, half 5.
	markPenalty, clausePenalty = 2, 6
	// The tense of a verb that reports is that of the report, unless it is within three tokens: eight farther.
	closeReport, reportPenalty = 3, 8
	// The present may be that of the report, too.
	presentPenalty = 2
	// A verb right behind the first phrase of a sentence counts as four tokens away. Half 1.
	verbAfterPhrase = 4
	// The participle of "hat" or "ist" is looked for in thirty tokens. Half 17, double 2.
	auxiliaryReach = 30
	// "Heute" is a day if a verb of an event stands within three tokens. More 0, less 4, double 3.
	eventReach = 3
)

// Which words look like verbs; lengths are in bytes.
const (
	// Shorter words in -te are mostly no preterites (rote, Note). More 9, less 0.
	shortestPreterite = 5
	// Shorter words in ge-…-t are mostly no participles (geht). More 3, less 0.
	shortestParticiple = 6
	// After a prefix a participle has more letters than this (zu-geht has not). Double 13.
	shortestStem = 4
)

// Bounds of what is read at once. None of the development texts comes near them; they keep hostile text linear.
const (
	// A weak word wakes the rules for a strong one at most four tokens on: "etwa ein gutes knappes Jahr".
	reachOfWeak = 4
	// Numbers longer than this count nothing: 1.000.000 is the longest. Half 11.
	longestNumber = 9
	// Adjectives between article and number. Two less: 1.
	mostAttributes = 3
	// Months, times and days of a list.
	mostMonths, mostClocks, mostDays = 12, 12, 24
	// A length of more units points to no day. Half 1.
	longestReach = 3000
)
