// Package schemas holds the nouns of kreispresse: a Snapshot is one fetched page, a Release is what a press page says, an Event
// tells subscribers what became of a release. It also owns everything two packages must agree on: identity, content hash, NATS
// subjects and the kinds of errors. It imports nothing else of the project.
//
// # Offsets
//
// Every Start and End in this package counts Unicode code points in Release.Text, zero-based and half-open, as in the W3C Web
// Annotation TextPositionSelector. They are neither bytes nor UTF-16 units.
//
// # Unknown values
//
// What a page does not say is absent or null. Nothing is guessed to fill a field.
package schemas
