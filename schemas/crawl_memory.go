package schemas

import "time"

// CrawlMemory is what the crawler remembers of a source between crawls, one entry of the press_sources bucket with the key
// "<source>.crawl". Nothing is lost with it: without it the next crawl reads all lists again.
type CrawlMemory struct {
	// Config is a hash of what decides which pages are found; when it changes the lists are read again.
	Config string                `json:"config,omitempty"`
	Lists  map[string]ListMemory `json:"lists,omitempty"`  // start pages and files of sitemaps, by URL
	Listed int                   `json:"listed,omitempty"` // pages that the starts named when they were last read
	Known  int                   `json:"known,omitempty"`  // pages that have a state

	Young    []string        `json:"young,omitempty"`    // pages of the last week
	Doubtful []string        `json:"doubtful,omitempty"` // pages that were missing, failed or held
	Passed   map[string]Pass `json:"passed,omitempty"`   // pages that are none, without a state: PDF, noindex, dead links
	Waiting  []WaitingPage   `json:"waiting,omitempty"`  // pages that were found and never answered
	Swept    uint64          `json:"swept,omitempty"`    // revision in press_pages up to which the sweep of all known pages has come
}

// ListMemory is one start page, or one file of a sitemap, as it was last read.
type ListMemory struct {
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Read         time.Time `json:"read,omitzero"` // when it was last read, not confirmed by a 304
	Deep         time.Time `json:"deep,omitzero"` // when its pager was last followed to the end
	Matched      int       `json:"matched,omitempty"`
	Links        int       `json:"links,omitempty"`
	Items        int       `json:"items,omitempty"`
	Dated        int       `json:"dated,omitempty"`
	Refused      int       `json:"refused,omitempty"`
	Named        []string  `json:"named,omitempty"` // pages it named first, on the first page of a list
	Files        []string  `json:"files,omitempty"` // of a sitemap index: the files that it does not date
}

// WaitingPage is a page that was found and could not be fetched yet.
type WaitingPage struct {
	URL   string `json:"url"`
	Hints Hints  `json:"hints,omitzero"`
}

// Pass is when a page that is none was looked at first and last.
type Pass struct {
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
}
