package page

// profiles are the families of content management systems that German public authorities publish with, most telling marks first.
var profiles = []Profile{
	{
		ID:        "sitepark",
		Generator: []string{"sitepark"},
		Marks:     []string{"#SP-Content", "#SP-content", ".SP-Article", ".SP-ArticleContent"},
		Title:     []string{"h1.SP-Headline--article", "h1.SP-ArticleHeader__headline", ".SP-Intro__header h1", ".SP-ArticleHeader h1"},
		Kicker: []string{
			".SP-ArticleHeader .SP-Kicker__text", ".SP-ArticleHeader .SP-Kicker__category", ".SP-Article__header .SP-Kicker__text",
			".SP-Article__header .SP-Kicker__category", ".SP-ArticleHeader__kicker",
		},
		Lead: []string{
			".SP-ArticleHeader__intro", ".SP-Intro__intro", ".SP-Intro__content", ".SP-Article__header .SP-Intro__text",
			".SP-Article__header .SP-Text",
		},
		Body: []string{".SP-Article__content", ".SP-ArticleContent"},
		Drop: []string{
			".SP-ContentFooter", ".SP-Path", ".SP-SkipToContent", ".SP-EasyLanguage", ".SP-TeaserList", ".SP-Annotations",
			".SP-Scheduling", ".SP-Share",
			".SP-ShareBar", ".SP-Search", ".SP-Pagination", ".SP-ReadSpeaker", ".SP-Related", ".SP-LinkList", ".SP-Asset__caption", ".SP-Pager",
		},
	},
	{
		ID:    "presseportal",
		Marks: []string{".story.customer", ".story.originator"},
		Title: []string{"article.story h1"},
		Body:  []string{"article.story"},
		Drop: []string{
			".story .originator", ".story .customer", ".story .date", ".story .contact-headline", ".story .contact-text", ".story-social",
			".media-gallery",
		},
	},
	{
		ID:        "presse-service",
		Marks:     []string{".ps_content"},
		Generator: []string{"presse-service"},
		Body:      []string{".ps_content"},
	},
	{
		ID:        "gsb",
		Generator: []string{"government site builder"},
		Marks:     []string{".gsb", ".aural#content", "#wrapperDivisions#content", ".isFirstInSlot"},
		Title:     []string{"h1.c-intro__headline", "#content h1.isFirstInSlot", "#main h1.isFirstInSlot", "main h1.isFirstInSlot"},
		Lead:      []string{".c-intro__introduction", "#content p.abstract", "#content .abstract"},
		Drop: []string{
			".aural", ".docData", ".bildnachweis-lightbox", ".picture .wrapper-text", ".navServiceMeta", "#navServiceMeta",
			".GlossarEntry .glossar_overlay", ".c-topline", ".sharing",
		},
	},
	{
		ID:        "coremedia",
		Generator: []string{"coremedia"},
		Marks:     []string{".article-intro.dateline", ".l-detail-page__title"},
		Title:     []string{"h1.l-detail-page__title", ".article-intro h1"},
		Lead:      []string{".article-intro .intro-text", ".l-detail-page__teaser-text"},
		Drop:      []string{".copyright-note", ".e-picture-info", ".dateline"},
	},
	{
		ID:    "typo3-news",
		Marks: []string{".news-single", ".news-article", ".tx-news", ".tx_news", ".news-text-wrap"},
		Title: []string{".news-single h1[itemprop=headline]", ".news-single h1", ".news-article h1", ".news-single h2[itemprop=headline]"},
		Lead:  []string{".news-single .teaser-text", ".news-single [itemprop=description]", ".news-article .teaser-text", ".news-single .lead"},
		Body:  []string{".news-text-wrap", ".news-single [itemprop=articleBody]", ".news-article [itemprop=articleBody]"},
		Drop: []string{
			".news-related", ".news-related-wrap", ".news-list-date", ".news-list-category", ".news-list-tags", ".news-list-author",
			".news-backlink-wrap",
			".news-single .extra", ".news-single .footer", ".news-prev-next", ".page-navigation", ".ce-news--media--copyright", ".figure__copyright",
		},
	},
	{
		ID:    "ikiss",
		Marks: []string{".mitteilungen_detail"},
		Title: []string{".mitteilungen_detail h1", "#readid h1", "#vorlesen h1"},
		Body:  []string{".mitteilungen_detail"},
		Drop:  []string{".mitteilungen_detail .date", ".bildunterschrift", ".mitteilungen_detail .zurueck"},
	},
	{
		ID:        "nolis",
		Generator: []string{"nolis"},
		Marks:     []string{"#nolis_content_site"},
		Title:     []string{"#nolis_content_site h1"},
		Body:      []string{"#nolis_content_site"},
		Drop:      []string{".nolis-list-date", ".nolis-prev-next", ".nolis_breadcrumb"},
	},
	{
		ID:        "weblication",
		Generator: []string{"weblication"},
		Drop:      []string{".pageNaviList", ".elementShareLinks", ".listEntryDate", ".pictureSubtitle", ".pictureDescription"},
	},
	{
		ID:        "drupal",
		Generator: []string{"drupal"},
		Marks:     []string{".field--name-field-publishing-date", ".hw-article"},
		Lead: []string{
			"article.node .field--name-field-abstract", "article.node .field--name-field-teaser-text",
			"article.node .field--name-field-intro", "article.node .field--name-field-lead",
		},
		Drop: []string{
			".field--name-field-publishing-date", ".field--name-field-copyright", ".field--name-field-tags",
			".field--name-field-share", ".node__links", ".addtoany_list",
		},
	},
	{
		ID:        "contao",
		Generator: []string{"contao"},
		Marks:     []string{".mod_newsreader"},
		Body:      []string{".mod_newsreader .layout_full", ".mod_newsreader"},
		Drop:      []string{".mod_newsreader .info", ".mod_newsreader .back", ".image_container .caption", ".mod_comments"},
	},
	{
		ID:        "wordpress",
		Generator: []string{"wordpress"},
		Marks:     []string{".single-post.entry-content", ".wp-singular.entry-content"},
		Drop: []string{
			".wp-caption-text", ".sharedaddy", ".jp-relatedposts", ".entry-footer", ".entry-meta", ".post-navigation", ".nav-links",
			".heateor_sss_sharing_container", ".wp-block-latest-posts", ".cat-links", ".tags-links", ".yarpp", ".essb_links",
		},
	},
	{
		ID:        "joomla",
		Generator: []string{"joomla"},
		Marks:     []string{".item-page.com-content-article", ".item-page.article-info"},
		Body:      []string{".item-page"},
		Drop:      []string{".article-info", ".item-page .icons", ".item-page .pagenavigation", ".item-page .pager", ".tags.inline"},
	},
	{
		ID:        "pirobase",
		Generator: []string{"pirobase"},
		Drop:      []string{".pb-share", ".pb-breadcrumb"},
	},
	{
		ID:        "sixcms",
		Generator: []string{"sixcms"},
		Marks:     []string{".bb-teaser-meta"},
		Drop:      []string{".bb-teaser-meta", ".bb-social", ".bb-breadcrumb"},
	},
	{
		ID:    "article-microdata",
		Marks: []string{".newsroom", ".news-item__date"},
		Body:  []string{"[itemprop=articleBody]"},
	},
}
