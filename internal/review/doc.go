// Package review is what people say about how a release was read, and how it becomes a case that the parser is judged by.
//
// A review is an event of PRESS_RUNS, bound to the bytes of the page and to the version of the parser that read them. What has become of it
// is never stored: today's parser reads the archived page again and is judged by what was said.
//
//	review.go  what somebody says, and how a reading is judged by it
//	desk.go    the reviews of an installation, with what has become of them
//	case.go    a page with its reviews as a golden case
//	export.go  cases in a directory, with where they come from
package review
