// Package doctor looks for what keeps an installation from working, and says what to do. It changes nothing and asks no press site.
//
//	doctor.go    the examination
//	words.go     what it may find, as codes, and each in English
//	broker.go    what the broker tells: streams, claims, leases, backup
//	disk.go      room, and how long it lasts
//	agreed.go    the source files of several processes
//	names.go     names of press sites, and their robots.txt as last read
package doctor
