package page

// The numbers of the reader. Letters are letters and digits of the visible text (markup.Letters); "good" ones stand in paragraphs that
// read like sentences; "bytes", "code points", "nodes" and "levels" are what they say. docs/numbers.md says how many records of
// stored pages change when one is halved or doubled; make mutate measures that, and which changes no test notices.

// What is furniture: settle.go.
const (
	maxJunk       = 0.35 // share of a page's good letters an element may hold and still be what its name says
	maxBehind     = 0.8  // … behind the title, when minLeft are left without it
	toolProse     = 50   // good letters of an element named for printing or reading aloud that is text for all that
	minLeft       = 250  // good letters that must be left without a layer or comments
	minOwnTitle   = 8    // bytes, folded, of a heading that is compared with the page's titles
	titleHeadings = 20   // headings of a page without an h1 that are compared with them
	captionUp     = 4    // levels up to the picture of a caption
	maxCaption    = 400  // letters of a caption
	lineCaption   = 100  // … of one that is a sentence in a box for pictures
	captionRest   = 20   // … of what else its wrapper holds
	captionBox    = 60   // … of what a wrapper may hold beside three times the caption
	longBody      = 400  // good letters of a body of which a wrapper of captions holds less than a quarter
)

// Where the text is: root.go, read.go.
const (
	mainPart       = 4   // <main> holds at least one part in so many of the page's good letters
	coreShare      = 0.6 // of its parent's good letters, and the child is the core
	coreLeast      = 0.4 // … when it holds coreLead times what the next does
	coreLead       = 2
	ownText        = 100 // good letters of the article that holds the title, when another part of the page holds most
	rootBare       = 1.5 // times the core's good letters around it, without the title
	rootTitled     = 2.5 // … with the title
	rootArticle    = 5   // … an <article> with the title; the search ends where more stands
	minProfileBody = 20  // letters of what a profile calls the text
	profileBody    = 400 // good letters that are enough, whatever the rest of the page holds
	shownHead      = 200 // good letters before a heading of the core
	minShownHead   = 5   // letters of a heading before the core
	pictureReach   = 300 // entries between title and text in which a picture belongs to both
	maxContact     = 500 // letters of a contact's element
	contactProse   = 200 // good letters of one
)

// What titles the release: candidate.go, sight.go, witness.go, site.go, titleparts.go. The weights are in titleweights.go.
const (
	minHeadline       = 3 // code points
	maxHeadline       = 400
	longHeadline      = 120  // … of a long one
	headlineText      = 400  // good letters of the core before a heading in its middle, or around it beside the text
	headlineReach     = 300  // entries between a heading and the first running text
	maxCandidates     = 2000 // headings and lines that are looked at: no page measured has a tenth of them
	maxBolds          = 3    // lines in bold above the text that no other title says
	minShown          = 5    // bytes, folded, of a part of a title that may stand alone
	shownShare        = 25   // tenths of a shown part of a title in the length of the whole at most
	minWitness        = 12   // … of a title that another holds in its middle
	minAgreement      = 12   // … of a title of the page that is a part of a heading
	tellingWord       = 4    // bytes of a word that tells titles apart
	minSlug           = 2    // such words of an address made from a title
	maxCuts           = 8    // parts of a title
	minSiteName       = 3    // bytes, folded, of a name of the site
	maxSiteName       = 30   // … of a part of one
	minSigned         = 8    // … of a name that stands in another or in the signature
	maxHomeLinks      = 6    // links home that are read
	maxAuthority      = 9    // words of an authority's name
	maxSection        = 80   // bytes of a section's
	mastLetters       = 60   // code points of a site's name
	mastNodes         = 40   // nodes below an element that shows a title
	mastProse         = 200  // good letters above a line that shows the title
	maxSignature      = 400  // bytes of a text in which the site signs
	maxSignatureNodes = 1500 // entries at the page's end in which it does
)

// What of a heading is the title, and what the line above it: heading.go, kicker.go.
const (
	minRest       = 6   // bytes, folded, of a headline below a kicker in its heading
	kickerShare   = 10  // tenths of the headline's length that a kicker without a witness has at most
	minKicker     = 3   // letters
	minSaidKicker = 2   // … of one that the page's other titles say
	maxKicker     = 100 // code points
	maxKickerLine = 90  // letters of the line before a heading
	kickerBack    = 40  // entries before a heading in which that line is looked for
	kickerNodes   = 200 // entries up from it
)

// Which lines are text: filter.go, blocks.go.
const (
	minProse        = 80  // bytes of a block that reads like running text
	maxAboveTitle   = 200 // code points of a block above the title
	titleWithin     = 12  // blocks in which the title is looked for again
	openingBlocks   = 5   // blocks between title and running text
	topBlocks       = 6   // blocks among which dates and authors stand
	maxTop          = 130 // code points of such a line
	titleBlocks     = 4   // blocks among which the title may stand again
	maxTopLines     = 20
	maxTopics       = 160 // code points of a list of keywords with links
	maxBareTopics   = 80  // … without
	maxBoiler       = 90  // code points of a line that belongs to the page
	maxLinks        = 120 // … of a line of links
	maxTeaser       = 300 // … of a text that ends with the link to the rest
	maxFileLine     = 200 // … of a line that names a file
	maxConsent      = 1200
	maxPromo        = 600
	noteBlocks      = 6   // last blocks among which notes of press offices and authors stand
	usageShare      = 3   // a note on the use of a release says so in at least one of so many letters
	boxRest         = 120 // letters of what else a box holds beside twice the text that asks for something
	maxNamed        = 120 // … of a line in an element named for dates or authors
	maxNamedCredit  = 200 // … for credits
	maxTailHeading  = 90  // bytes of the heading of what is no text
	maxBoldHeading  = 60  // … in bold
	maxPlainHeading = 45  // … not set apart
	maxLead         = 3   // blocks named as the lead
	maxLeadAbove    = 2   // paragraphs between title and text that are the lead
	maxBoldTitle    = 150 // bytes of a title in bold
	maxCell         = 120 // letters of a cell of data, on average
	maxCreditLine   = 240 // bytes of a line that is looked at as a credit
	maxBareCredit   = 100 // … without a word that announces one
)

// When the text found is too little: fallback.go. In letters.
const (
	tooLittle      = 200
	minBody        = 400 // of an articleBody worth a look
	minSentence    = 25  // of a sentence anywhere on the page
	minDescription = 40  // of a description that stands for the text
	sameStart      = 60  // bytes, folded, by which two paragraphs are the same
)

// Pictures, files, contacts: images.go, attachments.go, contact.go.
const (
	maxImages       = 200 // of a gallery
	maxAttachments  = 100 // of a list of files
	minPixels       = 50  // width and height of a picture
	minStem         = 8   // bytes of a file's name that tells it from others
	holderUp        = 8   // levels from a picture to its holder
	maxHolder       = 600 // letters of a holder
	maxHolderProse  = 300 // good letters of one
	maxHolderLine   = 200 // letters of a <p> that is one
	maxHolderNodes  = 400
	maxName         = 60 // bytes of a contact's name
	minOffice       = 10 // bytes of an office's
	maxOffice       = 80
	maxContactBlock = 700 // bytes
	maxContactLines = 60
	maxContactNodes = 400
)

// What is no release: norelease.go. In letters.
const (
	fewLetters  = 600 // an error page says no more
	fewForWall  = 900 // a challenge or a login page says no more
	fewForItems = 350 // a listing says no more beside its items
	fewForward  = 120 // a page that only leads on says no more
	minItems    = 5   // items of a listing
	minItem     = 15  // letters of an item
	maxItem     = 900

	listPoints      = 5  // points of a page that is a list, see listSigns
	severalLinked   = 3  // headings that lead to other pages
	severalCut      = 2  // texts that end with the way to the rest
	introBlocks     = 2  // blocks among which a list says what it is
	severalArticles = 3  // articles in the JSON-LD of a list's teasers
	forwardWait     = 30 // seconds after which a page that loads another is read before
	pointerReach    = 40 // bytes from "unsere" to "Internetseite"
	hitsReach       = 12 // entries of an element that says which hits are shown
)
