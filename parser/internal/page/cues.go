package page

import "strings"

// flags are what the class, id, role and name of an element say about it.
type flags uint16

const (
	fJunk    flags = 1 << iota // navigation, sharing, related pages, comments, consent: never part of a release
	fContent                   // names the text of the release
	fLead
	fKicker
	fCaption
	fCredit
	fDate
	fAuthor
	fHidden
	fContact
	fMedia
	fTitle
	fConsent // consent, dialogs and other layers over the page: may be longer than the release
	fComment // readers' comments: may be longer than the release
)

// hintWords maps a word of a class or id (lower case, split at - _ and inner capitals) to what it says. They were collected from the CMS
// families in docs and from the pages of news sites; a word stands here only if it means the same on most of them.
var hintWords = hints(map[flags]string{
	fJunk: `
		share sharing shares shariff social socialmedia sharebar sharelinks addthis addtoany breadcrumb breadcrumbs breadcrump bread brotkrumen
		brotkrume navigation nav navi navbar subnav mainnav metanav menu submenu megamenu pagination pager paging pagenav related relatedlinks
		relatednews recommendations recommendation recommended recommender outbrain taboola newsletter sidebar rechtespalte skiplink skiplinks
		skip print drucken vorlesen readspeaker rswl toc tableofcontents inhaltsverzeichnis paywall subscribe subscription abo login anmelden
		search suche searchform suchformular toolbar advertisement advert adslot werbung anzeige sponsored banneranzeige ticker mostread
		meistgelesen footer pagefooter sitefooter tagcloud tags taglist keywords schlagworte prevnext postnav backlink nextprev zurueck totop
		backtotop authorbox autorenbox promo promobox trending flyout offcanvas tooltip feedback rating bewertung voting annotations
		leichtesprache gebaerdensprache languageswitch langnav weitere weiterlesen readmore merkliste bookmark playlist podcastplayer audioplayer
		player newsletterbox gallerynav slidernav jumplist accessibility barrierefreiheit piwik noprint dontprint socials followus
		pushnotification donation spenden spendenbox`,
	fConsent: `
		cookie cookies cookiebanner cookiebar consent cmp gdpr dsgvo privacy contentpass piano modal popup overlay usercentrics klaro borlabs
		cookieconsent onetrust cmplz datenschutzhinweis`,
	fContent: `
		article articlebody articletext articlecontent artikel artikeltext beitrag body bodytext content contenttext copytext entry fliesstext
		fulltext haupttext hauptinhalt inhalt inhaltstext maincontent meldung mitteilung mitteilungen newsbody newstext post postcontent postbody
		pressemitteilung pressrelease richtext rte story storybody text textblock wysiwyg paragraph paragraphs prose main`,
	fLead: `
		lead leadtext intro introduction introtext vorspann anleser teasertext abstract standfirst subheadline subtitle dek summary einleitung
		lede preface`,
	fKicker: `kicker dachzeile overline eyebrow roofline spitzmarke pretitle topline supertitle rubrik uptitle`,
	fCaption: `
		caption figcaption bildunterschrift bildtext subline legend bildunterzeile imagetext imagecaption mediacaption bu description legende
		captiontext icaption picturesubtitle picturedescription imagedescription imagesubtitle mediadescription`,
	fCredit: `
		copyright credit credits bildnachweis bildnachweise bildquelle bildrechte fotograf photographer photocredit imagecredit rights source
		quelle quellen fotocredit`,
	fDate:    `date datum dateline datetime pubdate published publishdate timestamp time zeit newsdate scheduling docdata stand lastmodified updated`,
	fAuthor:  `author autor authors byline autoren verfasser writer redaktion`,
	fContact: `contact kontakt ansprechpartner pressekontakt contactbox kontaktbox contacts presscontact ansprechpersonen vcard`,
	fMedia: `
		image images img bild bilder picture pictures pic pics picbox figure media photo photos foto fotos asset thumbnail imagebox bildbox
		contentimage`,
	fComment: `comments comment kommentare kommentar commentform commentlist disqus respond leserkommentare`,
	fTitle:   `headline title titel heading ueberschrift`,
})

func hints(table map[flags]string) map[string]flags {
	m := map[string]flags{}
	for f, words := range table {
		for w := range strings.FieldsSeq(words) {
			m[w] |= f
		}
	}
	return m
}

// hidden are whole class tokens that hide an element from sight.
var hiddenTokens = map[string]bool{
	"sr-only": true, "visually-hidden": true, "visuallyhidden": true, "screen-reader-text": true, "screenreader": true, "aural": true, "d-none": true,
	"twitter-tweet": true, "instagram-media": true, "fb-post": true, "screen-reader": true, "element-invisible": true, "u-hidden": true,
	"hidden": true, "ym-hideme": true, "invisible": true, "sr_only": true,
	"sronly": true, "u-visually-hidden": true, "a11y-hidden": true, "is-hidden": true, "hide": true, "print-only": true, "only-print": true,
	"hideme": true, "srOnly": true,
	"show-for-sr": true, "visually-hidden-focusable": true, "assistive-text": true, "clip": true, "accessibility": true, "SPu-accessibility": true,
	"offscreen": true,
}

// nameFlags reads the class and id of an element.
func nameFlags(names string) flags {
	var f flags
	for token := range strings.FieldsSeq(names) {
		if hiddenTokens[token] {
			f |= fHidden
		}
		if len(token) > 80 || foreign(token) || strings.ContainsAny(token, "[]:()") { // utility classes: lg:hidden, w-[30px]
			continue
		}
		n := 0
		forWords(token, func(w string) {
			n++
			f |= hintWords[w]
		})
	}
	return f
}

// foreign reports whether a class token says something about state, scripts or subject and not about the element: "js-lightbox",
// "has-sidebar", "tag-werbung" on a post about advertising.
func foreign(token string) bool {
	for _, p := range []string{"js-", "has-", "no-", "is-", "with-", "tag-", "category-", "status-", "type-", "node--type-", "page-node-type-"} {
		if strings.HasPrefix(token, p) {
			return true
		}
	}
	return false
}

// forWords calls f for the words of a class token: "SP-ArticleHeader__intro" gives sp, article, header, intro, and the whole token in
// lower case without separators when it has several.
func forWords(token string, f func(string)) {
	start := 0
	var low strings.Builder
	emit := func(end int) {
		if end > start {
			f(strings.ToLower(token[start:end]))
		}
	}
	for i := 0; i < len(token); i++ {
		c := token[i]
		switch {
		case !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80):
			emit(i)
			start = i + 1
			continue
		case c >= 'A' && c <= 'Z' && i > start && token[i-1] >= 'a' && token[i-1] <= 'z':
			emit(i)
			start = i
		}
		low.WriteByte(c)
	}
	if start > 0 {
		emit(len(token))
		f(strings.ToLower(low.String()))
		return
	}
	f(strings.ToLower(token))
}
