#!/bin/sh
# usage: deploy/secrets.sh DIR [DOMAIN]
#
# Makes the secrets of a cluster of three nodes, nats-0, nats-1 and nats-2 of DOMAIN, in DIR, which only its owner can enter:
#   passwords.conf    for the nodes, beside deploy/nats/cluster.conf
#   kreispresse.yaml  for kreispresse run: where the cluster is, as the user pipeline; put notify: in here, too
#   operator.yaml     the same as the user operator, for people
# Nothing that is there already is written over.
set -eu
dir=${1:?usage: deploy/secrets.sh DIR [DOMAIN]}
domain=${2:+.$2}
umask 077
mkdir -p "$dir"
for f in passwords.conf kreispresse.yaml operator.yaml; do
	if [ -e "$dir/$f" ]; then
		echo "secrets.sh: $dir/$f is there already: move it away to make new passwords, and restart everything then" >&2
		exit 2
	fi
done

new() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
hosts() { # hosts USER PASSWORD PORT SEPARATOR
	printf 'nats://%s:%s@nats-0%s:%s' "$1" "$2" "$domain" "$3"
	for n in 1 2; do printf '%snats://%s:%s@nats-%s%s:%s' "$4" "$1" "$2" "$n" "$domain" "$3"; done
}
config() { # config USER PASSWORD
	printf 'nats: %s\nnats_inbox: _INBOX_%s\n' "$(hosts "$1" "$2" 4222 ,)" "$1"
}

pipeline=$(new) operator=$(new) route=$(new)
cat >"$dir/passwords.conf" <<EOF
PIPELINE_PASSWORD: "$pipeline"
NEWSROOM_PASSWORD: "$(new)"
REPLAYER_PASSWORD: "$(new)"
OPERATOR_PASSWORD: "$operator"
ADMIN_PASSWORD: "$(new)"
ROUTE_PASSWORD: "$route"
ROUTES: ["$(hosts route "$route" 6222 '", "')"]
EOF
config pipeline "$pipeline" >"$dir/kreispresse.yaml"
config operator "$operator" >"$dir/operator.yaml"
# The directory keeps others out. The files are mounted into containers, whose users have other numbers than their owner here.
chmod 0444 "$dir"/passwords.conf "$dir"/kreispresse.yaml "$dir"/operator.yaml
