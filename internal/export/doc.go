// Package export writes the feed in the formats that others read.
package export
