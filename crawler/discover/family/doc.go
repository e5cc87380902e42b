// Package family holds what is known of the lists of content management systems, as data: families.txt says how to recognise a family
// and where its lists, pagers and feeds are. A source that names a family is read with its selectors and overrides one by one.
package family
