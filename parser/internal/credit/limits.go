package credit

// The numbers of the reader. make mutate measures which of them a test notices.

// How long a credit and its surroundings may be.
const (
	maxOwn      = 200  // code points of a credit element's text
	maxCaption  = 1500 // code points of a caption
	maxLeaf     = 8    // nodes in an element that holds a line and little else
	maxCard     = 120  // nodes of a teaser
	maxHead     = 200  // bytes of the heading of a list of credits
	maxHeadNode = 12   // nodes in one
	maxAttr     = 8000 // bytes read of an attribute
)

// How far from a picture is searched, in levels of the tree.
const (
	figureUp = 10 // to its figure
	nearUp   = 4  // from a credit to what holds one picture
	cardUp   = 6  // to a teaser
	heldUp   = 12 // to a picture's holder
	doneUp   = 12 // to an element that was read as a whole
	noteUp   = 5  // to Sitepark's list
)

// Bounds of what is read of a page that no one writes; pages have a hundredth of them.
const (
	maxCredits  = 300 // the fullest page seen has 116 list items for one credit
	maxDepth    = 400
	maxElements = 3000              // at and below a figure
	maxBefore   = 20000             // before the release
	maxScope    = 200 * maxElements // of the release
	scopeUp     = 200
	maxApart    = 1000    // figures and the like without an image of the release
	maxTitles   = 20000   // elements that may be the heading of a list
	maxBoxes    = 200     // boxes named for credits
	maxItems    = 400     // of a list
	maxLists    = 60      // elements after a heading
	maxObjects  = 300     // of JSON-LD
	maxZooms    = 1000    // images of Sitepark
	maxZoom     = 1 << 18 // bytes of the JSON of one
	maxNotes    = 2000    // items of its list
)
