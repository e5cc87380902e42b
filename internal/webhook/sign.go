package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// leastKey is the least length of a key that Standard Webhooks allows, in bytes.
const leastKey = 24

// Key reads a signing secret: whsec_ and base64.
func Key(secret Secret) ([]byte, error) {
	encoded, ok := strings.CutPrefix(string(secret), "whsec_")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(key) < leastKey {
		return nil, errors.New("no such secret: want whsec_ and at least 24 bytes in base64, for example from: openssl rand -base64 24")
	}
	return key, nil
}

// Sign adds the headers of Standard Webhooks: id, the moment, and the signature of both with the body.
func Sign(header http.Header, key []byte, id string, at time.Time, body []byte) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	header.Set("webhook-id", id)
	header.Set("webhook-timestamp", stamp)
	header.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}
