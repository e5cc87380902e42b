// Package parquet writes events as rows of Apache Parquet: one row an event, with the columns that docs/export.md lists.
//
//	row.go     the columns
//	map.go     an event as a row
//	writer.go  rows as a file, in bounded memory
//	codec.go   the compressor of its pages
package parquet
