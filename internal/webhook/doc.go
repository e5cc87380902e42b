// Package webhook is what all that POST messages to addresses of others share: secrets that nothing shows, signatures by Standard Webhooks
// 1.0.0, and what an answer means.
//
//	secret.go  a text that no log, error or output shows
//	sign.go    keys and signatures
//	answer.go  did it arrive, may it arrive later, or never?
package webhook
