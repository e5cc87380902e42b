// Package deploy holds no code: it is what an installation of kreispresse is made of, and its tests hold that all of it is true. Services,
// images, manifests and accounts are read by the parsers that will read them, and tried where that needs no engine.
package deploy
