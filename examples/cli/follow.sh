#!/bin/sh
# Follows a feed with the nats command line (github.com/nats-io/natscli) and jq, and prints each quote as "title, speaker: quote".
#
#   ./follow.sh nats://127.0.0.1:4222 [LAND]
set -eu
url=${1:?usage: follow.sh NATS-URL [LAND]}
land=$(printf %s "${2:-*}" | tr '[:upper:]' '[:lower:]')
filter="press.v1.release.$land.*.*"
# Filter and start are fixed when a name is first used, so both are part of the name.
name=example-cli-$(printf '%s\nlast_per_subject' "$filter" | sha256sum | cut -c1-8)

nats --server "$url" consumer info PRESS "$name" >/dev/null 2>&1 ||
  nats --server "$url" consumer add PRESS "$name" --filter "$filter" --deliver last-per-subject --ack explicit --pull --wait 60s --defaults >/dev/null

# One message at a time, acknowledged when it was printed. `nats consumer next` ends with an error while there is nothing new.
while :; do
  if release=$(nats --server "$url" consumer next PRESS "$name" --raw --ack --timeout 5s 2>/dev/null); then
    printf '%s' "$release" | jq -r '. as $r | (.quotes // [])[] | select(.speaker) | "\($r.title), \(.speaker.name): \(.text)"'
  fi
done
