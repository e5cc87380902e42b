package pubdate

import "time"

// The numbers of the reader. Costs are compared among the printed dates of a page only: the smallest is likeliest the day of publication.
// make mutate measures which of them a test notices, and what halving and doubling changes on stored pages.
const (
	// nearTitle is the cost up to which a printed date counts as the title's own; on 183 development pages the best date of 19 in
	// 20 pages stands below it, and every second above it is another's.
	nearTitle = 25

	baseCost  = 6 // of a date without any sign
	attrCost  = -4
	asideCost = 6

	releaseCost   = -12 // "Pressemitteilung vom …"
	placeCost     = -8  // "Düren, …"
	labelCost     = -6  // "Datum: …"
	eventCost     = 8   // "Konzert am …"
	openingCost   = 4   // the line goes on as text
	updateCost    = -2  // another date says when the page was changed
	secondCost    = 4   // another date says nothing
	publishedCost = -5  // an element is named for the day of publication
	nameCost      = -3  // … for a date
	belowText     = 6   // for each paragraph above
	aboveTitle    = 2   // beside the distance in lines
	farBelow      = 10  // far below the title, beside nearTitle
	restPart      = 20  // code points besides the date that cost 1
)

// How long what stands around a date may be, in bytes unless it says otherwise.
const (
	paragraph       = 200 // code points of a line that is text
	maxLabel        = 30  // code points of a label in a line of its own
	maxReleaseLabel = 120 // before a date: "Pressemitteilung Nr. 12 des Kreises vom"
	maxDateLabel    = 40
	maxRest         = 110 // code points besides the date
	maxBesideTwo    = 30  // … besides the first of two dates
	maxPlace        = 80
	maxAuthor       = 60
	maxNamed        = 60 // of a line below a text that is known by its element's name
	maxTitleRest    = 30 // behind the date at the end of <title>
	maxDatelineRest = 40 // code points besides the date of a dateline
	maxAround       = 14 // words around a date that is in no sentence
)

// How far from the title is searched.
const (
	linesBefore  = 14
	linesAfter   = 24
	lineLength   = 400 // bytes kept of a line
	maxLines     = 20000
	maxHeadings  = 400 // looked at for the title
	minPartTitle = 12  // bytes, folded, of a title that is a part of a heading
	maxBelow     = 4   // lines of the release far below its title
)

// How much is looked at to tell what a date stands beside.
const (
	maxNames   = 200 // bytes of a class or id
	levels     = 5   // above the line
	boxSize    = 80  // entries of the tree
	neighbours = 40
)

// How much is read of the data of scripts.
const (
	scriptLength = 2 << 20 // bytes of a page
	mostKeys     = 50      // of a script
)

// rendering is how near to the time of fetching a time told to the second is taken for the clock of the server.
const rendering = 90 * time.Second
