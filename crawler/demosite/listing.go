package demosite

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// perPage is the number of releases on one page of a listing.
const perPage = 10

// listingSpec is one listing of the site: where it is, what it lists and how its pager asks for a page.
type listingSpec struct {
	path     string
	template string
	title    string
	family   Family // "" lists all
	param    string // query parameter of the page number, counted from 1
}

var listings = []listingSpec{
	{path: "/presse/", template: "list-sitepark", title: "Pressemitteilungen", param: "sp:page[search-1.form][0]"},
	{path: "/gesundheit/aktuelles/", template: "list-typo3", title: "Aktuelles aus dem Gesundheitsamt", family: TYPO3, param: "tx_news_pi1[currentPage]"},
	{path: "/archiv/", template: "list-plain", title: "Pressearchiv", family: Plain, param: "seite"},
}

// listView is what a listing's template shows.
type listView struct {
	Site, Title string
	Items       []teaser
	Page, Pages int
	Total       int
	Prev, Next  string // hrefs, "" at the ends
	Pager       []pagerLink
	First       bool
}

type pagerLink struct {
	Number  int
	Href    string
	Current bool
}

// listing answers with one page of a listing. A page number that is none is the first page, one too high is 404.
func (s *Site) listing(l listingSpec, q url.Values) reply {
	var all []*page
	for _, p := range s.pages {
		if !p.withdrawn && (l.family == "" || p.family == l.family) {
			all = append(all, p)
		}
	}
	n, err := strconv.Atoi(q.Get(l.param))
	if err != nil || n < 1 {
		n = 1
	}
	pages := max(1, (len(all)+perPage-1)/perPage)
	if n > pages {
		return reply{status: http.StatusNotFound, kind: typeHTML, body: s.templates.notFound()}
	}
	v := listView{Site: Name, Title: l.title, Page: n, Pages: pages, Total: len(all), First: n == 1}
	for _, p := range all[(n-1)*perPage : min(n*perPage, len(all))] {
		v.Items = append(v.Items, p.teaser())
	}
	href := func(n int) string { return fmt.Sprintf("%s?%s=%d", l.path, url.QueryEscape(l.param), n) }
	for i := 1; i <= pages; i++ {
		v.Pager = append(v.Pager, pagerLink{Number: i, Href: href(i), Current: i == n})
	}
	if n > 1 {
		v.Prev = href(n - 1)
	}
	if n < pages {
		v.Next = href(n + 1)
	}
	return reply{status: http.StatusOK, kind: typeHTML, body: s.templates.execute(l.template, v)}
}
