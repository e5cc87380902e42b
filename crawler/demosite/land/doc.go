// Package land is a country to look for press pages in: 40 authorities that do not exist, each with a site of its own under a name of its
// own, in the markup of twenty families of content management systems, with what real sites make hard. It is served on loopback; Dial
// leads to it whoever asks for one of its names.
//
//	site.go       the sites as data (land.txt), and what is true of each
//	release.go    their releases (releases.txt)
//	routes.go     what is at which address
//	quirks.go     what is odd about some of them
//	feeds.go      feeds, sitemaps, robots.txt
//	view.go       pages (templates/)
//	serve.go      the server, and Dial
package land
