// Package demoland is a Land with weeks of history: two dozen press offices that do not exist, with sites on loopback that change from day
// to day, and the whole line run over them as if the weeks had passed. What the console then shows really happened: runs, corrections,
// withdrawals, sites that broke, changes that are held. Only clocks are moved.
//
//	office.go   the press offices (kreise.txt), and what became of each
//	story.go    what they tell (stories.txt)
//	site.go     their sites, as they are at a moment
//	history.go  the weeks, lived through by the line
package demoland
