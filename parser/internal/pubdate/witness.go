package pubdate

// source is a kind of place that tells a date.
type source uint8

const (
	fromSite source = iota
	fromDateline
	fromLinked
	fromMeta
	fromProp
	fromHatom
	fromPrinted
	fromListing
	fromScript
	fromTitle
	fromFar
	fromChange
	fromOtherMeta
	fromCreated
	fromAddress
	fromStand
	fromNext
	fromFarNext
	fromSitemap
	fromMargin
	fromOthers
	fromWords
)

// family says which witnesses repeat one field of the CMS: together they count as the best of them, once.
type family uint8

const (
	field   family = iota // what the CMS writes for programs
	onPage                // what the page shows
	address               // what its address says
	list                  // what led to the page
	last                  // when it was changed, for want of anything else
	families
)

// witness is what is known of a source. Weight is the log-odds that the day it names is the day of publication; seen and right are the
// measurement: on how many of 285 real pages with a known day it says something plausible, and on how many the day is right.
type witness struct {
	name        string
	family      family
	weight      float64
	seen, right int
}

// witnesses are measured on both halves of the pages, with the odds of the worse half and half a page added to each side. Sources that
// were right on every page are held to 5.5: nobody is right always. Those told to be "by hand" were seen on too few pages: what they
// say is what the place means.
var witnesses = [...]witness{
	fromSite:      {"sitepark", field, 9, 2, 2},  // by hand: the CMS's own field for it
	fromDateline:  {"dateline", onPage, 7, 7, 7}, // by hand: the release's date by definition
	fromLinked:    {"jsonld", field, 4.6, 153, 152},
	fromMeta:      {"meta", field, 4.5, 95, 95},
	fromProp:      {"itemprop", field, 3.5, 77, 75}, // some templates fill it with the first draft
	fromHatom:     {"hatom", field, 3.4, 2, 2},      // by hand: as itemprop
	fromPrinted:   {"printed", onPage, 3.4, 201, 194},
	fromListing:   {"listing or feed", list, 3.1, 0, 0}, // by hand: below a date that the page prints
	fromScript:    {"script", field, 2.9, 19, 19},       // only asked where no other field tells the day
	fromTitle:     {"title element", onPage, 2.7, 7, 7},
	fromFar:       {"printed far", onPage, 1.9, 12, 11},
	fromChange:    {"equal to the last change", field, 2.6, 41, 41}, // by hand: below a date that the page prints
	fromOtherMeta: {"other meta", field, 1.8, 44, 38},               // some systems set them to the last change
	fromCreated:   {"created", field, 1.5, 13, 11},
	fromAddress:   {"address", address, 3, 19, 19}, // the day the page was made
	fromStand:     {"stand", last, 1.4, 17, 16},    // of pages that tell no other date
	fromNext:      {"printed, not the first", onPage, 0.9, 36, 26},
	fromFarNext:   {"printed far, not the first", onPage, 0.4, 72, 44},
	fromSitemap:   {"sitemap", last, 0.5, 0, 0},                // by hand: a change rather than the publication
	fromMargin:    {"in the margin", onPage, 0.3, 0, 0},        // by hand: a page's header shows today, its columns other things
	fromOthers:    {"beside a link", onPage, 0.2, 0, 0},        // by hand: the date of what is linked
	fromWords:     {"words of the heading", onPage, 0.6, 0, 0}, // by hand: the day the release is about
}

// contradictions are what speaks against a day whoever names it.
var contradictions = []struct {
	name   string
	weight float64
	holds  func(c *candidates, d *day) bool
}{
	{"after the day the page says it was last changed", -3, func(c *candidates, d *day) bool { return !c.stand.IsZero() && d.Time.After(c.stand) }},
	{"before the day the address was made", -3, func(c *candidates, d *day) bool { return d.Time.Before(c.made) }},
}

// enough is the weight a day needs: less is a lone weak witness, who is right too seldom.
const enough = 1.2
