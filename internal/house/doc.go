// Package house holds no code: its tests hold what every package keeps to. Their ceilings stand in ceiling.txt and may only fall.
package house
