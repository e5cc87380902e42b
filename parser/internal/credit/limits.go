package credit

// The numbers of the reader; limits_pairs_test.go holds each on both sides.

// How long a credit and its surroundings may be.
const (
	maxOwn      = 200  // code points of a credit element's text
	maxCaption  = 1500 // code points of a caption, of which four times as many bytes are read
	maxLeaf     = 8    // nodes in an element that holds a line and little else
	maxCard     = 120  // nodes of a teaser
	maxHead     = 200  // bytes of the heading of a list of credits
	maxHeadNode = 12   // nodes in one
	maxAttr     = 8000 // bytes read of an attribute
)

// How far is searched, in levels of the tree.
const (
	nearUp = 4 // from a credit to what holds one picture
	cardUp = 6 // from a picture to a teaser
)

// Bounds of what is read of a page that no one writes; pages have a hundredth of them.
const (
	maxCredits  = 300     // the fullest page seen has 116 list items for one credit
	maxDepth    = 400     // levels
	maxElements = 3000    // at and below a figure
	maxItems    = 1000    // of a kind: figures apart, boxes, lines of lists, objects of JSON-LD, images of Sitepark
	maxZoom     = 1 << 18 // bytes of Sitepark's JSON of one image
)
