package publisher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kreispresse/kreispresse/schemas"
)

// Streams behind the buckets, by the conventions of NATS (ADR-8 key-value, ADR-20 object store).
const (
	streamPages   = "KV_" + schemas.BucketPages
	streamSources = "KV_" + schemas.BucketSources
	streamHosts   = "KV_" + schemas.BucketHosts
	streamBodies  = "OBJ_" + schemas.BucketBodies
)

// Table is everything the broker holds, in the order it is created. All of it is on files, and nothing has a limit that would let
// the server drop a message by itself: DiscardNew refuses new messages when an operator has set one. Compression is left off: raw
// bodies are zstd already, and S2 rewrites whole blocks of releases behind the write path, a risk for little.
func table(replicas int) []jetstream.StreamConfig {
	limits := jetstream.StreamConfig{
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew, Storage: jetstream.FileStorage, Replicas: replicas,
		MaxMsgs: -1, MaxBytes: -1, MaxMsgsPerSubject: -1, MaxConsumers: -1, MaxMsgSize: -1,
		AllowDirect: true, AllowAtomicPublish: true, Duplicates: 2 * time.Minute,
	}
	stream := func(name, description string, subjects ...string) jetstream.StreamConfig {
		c := limits
		c.Name, c.Description, c.Subjects = name, description, subjects
		return c
	}
	press := stream(schemas.StreamPress, "releases, every revision", schemas.SubjectsRelease)
	raw := stream(schemas.StreamRaw, "pages as fetched", schemas.SubjectsRaw)
	runs := stream(schemas.StreamRuns, "run manifests, alarms, dead letters", schemas.SubjectsRun)

	bucket := func(name, description, subject string) jetstream.StreamConfig {
		c := stream(name, description, subject)
		c.MaxMsgsPerSubject, c.AllowRollup, c.DenyDelete, c.AllowAtomicPublish = 1, true, true, false
		return c
	}
	pages := bucket(streamPages, "state of every known page", "$KV."+schemas.BucketPages+".>")
	sources := bucket(streamSources, "what is remembered of sources", "$KV."+schemas.BucketSources+".>")
	hosts := bucket(streamHosts, "what is owed to hosts", "$KV."+schemas.BucketHosts+".>")
	bodies := stream(streamBodies, "bodies over the broker's largest message", "$O."+schemas.BucketBodies+".C.>", "$O."+schemas.BucketBodies+".M.>")
	bodies.AllowRollup, bodies.AllowAtomicPublish = true, false

	return []jetstream.StreamConfig{press, raw, runs, pages, sources, hosts, bodies}
}

// ensureStreams looks for damage, and brings the broker in line with the table, or checks it when the streams are somebody else's.
func (b *Bus) ensureStreams(ctx context.Context) error {
	have, found, err := b.survey(ctx)
	if err != nil {
		return err
	}
	if err := b.judgeDamage(found); err != nil {
		return err
	}
	b.damage = found
	if err := b.createStreams(ctx, have); err != nil {
		return err
	}
	return b.settleErasures(ctx)
}

// createStreams makes what is missing and updates what differs; have is what is known to be there. A damaged store stays as it is.
func (b *Bus) createStreams(ctx context.Context, have map[string]jetstream.Stream) error {
	for _, want := range table(b.copies()) {
		if b.hidden[want.Name] || b.cfg.Damaged && len(b.damage) > 0 && have[want.Name] == nil {
			continue
		}
		if want.Name == streamHosts && have[want.Name] == nil && b.wasLost(want.Name) {
			lost(&want)
		}
		if err := b.untilReady(ctx, want.Name, func() error { return b.ensureStream(ctx, want, have[want.Name]) }); err != nil {
			return err
		}
	}
	return nil
}

// wasLost reports whether a stream was found missing or damaged when the bus was opened.
func (b *Bus) wasLost(stream string) bool {
	return slices.ContainsFunc(b.damage, func(f Finding) bool { return f.Stream == stream })
}

// copies is how many copies a stream gets.
func (b *Bus) copies() int {
	switch {
	case b.cfg.Replicas != 0:
		return b.cfg.Replicas
	case b.nc.ConnectedClusterName() != "":
		return clusterCopies
	}
	return 1
}

// ensureStream brings one stream in line; s is nil when it is not known to exist.
func (b *Bus) ensureStream(ctx context.Context, want jetstream.StreamConfig, s jetstream.Stream) error {
	ctx, cancel := b.request(ctx, want.Name, "")
	defer cancel()
	fail := func(err error) error { return b.fail(ctx, "open", "stream "+want.Name, err) }
	if s == nil {
		var err error
		if s, err = b.js.Stream(ctx, want.Name); errors.Is(err, jetstream.ErrStreamNotFound) && b.cfg.ManageStreams {
			// CreateStream of the same configuration succeeds twice, so two processes may start at once.
			if s, err = b.js.CreateStream(ctx, want); err == nil {
				b.setStream(want.Name, s)
				return nil
			}
			if !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // else another process was quicker, and marked it as lost or not
				return fail(err)
			}
			if s, err = b.js.Stream(ctx, want.Name); err != nil {
				return fail(err)
			}
		} else if err != nil {
			return fail(err)
		}
	}
	b.setStream(want.Name, s)
	merged, safe, unsafe := reconcile(s.CachedInfo().Config, want, b.cfg.Replicas != 0)
	if len(unsafe) > 0 {
		e := errorf(schemas.KindInvalid, "open", "stream "+want.Name, "%s", strings.Join(unsafe, ", "))
		e.Hint = "edit the stream (nats stream edit " + want.Name + "), or use another account"
		return e
	}
	if len(safe) == 0 {
		return nil
	}
	if !b.cfg.ManageStreams {
		b.log.Warn("a stream differs from what kreispresse would create", "stream", want.Name, "difference", strings.Join(safe, ", "))
		return nil
	}
	s, err := b.js.UpdateStream(ctx, merged)
	if err != nil {
		return fail(err)
	}
	b.setStream(want.Name, s)
	b.log.Info("updated a stream", "stream", want.Name, "change", strings.Join(safe, ", "))
	return nil
}

// reconcile compares a stream with what it should be. merged is have with every safe difference taken over; safe and unsafe name the
// differences. Safe is what can lose or hide nothing: more subjects, features switched on, a description, more copies when asked for.
// What an operator may want and what harms nothing (placement, a byte limit that refuses, metadata, republish) is left alone.
func reconcile(have, want jetstream.StreamConfig, replicasAsked bool) (merged jetstream.StreamConfig, safe, unsafe []string) {
	merged, unsafe = have, fixedDifferences(have, want)
	differ := func(list *[]string, field string, is, should any) {
		*list = append(*list, fmt.Sprintf("%s is %v, not %v", field, is, should))
	}
	if have.Discard != want.Discard {
		differ(&safe, "discard", have.Discard, want.Discard)
		merged.Discard = want.Discard
	}
	for _, s := range want.Subjects {
		if !slices.Contains(have.Subjects, s) {
			differ(&safe, "subjects", have.Subjects, want.Subjects)
			merged.Subjects = append(slices.Clone(merged.Subjects), s)
		}
	}
	for _, s := range have.Subjects {
		if !slices.Contains(want.Subjects, s) {
			differ(&unsafe, "subjects", have.Subjects, want.Subjects)
			break
		}
	}
	if want.AllowDirect && !have.AllowDirect {
		differ(&safe, "allow_direct", false, true)
		merged.AllowDirect = true
	}
	if want.AllowAtomicPublish && !have.AllowAtomicPublish {
		differ(&safe, "allow_atomic", false, true)
		merged.AllowAtomicPublish = true
	}
	if have.Description != want.Description {
		differ(&safe, "description", fmt.Sprintf("%q", have.Description), fmt.Sprintf("%q", want.Description))
		merged.Description = want.Description
	}
	if replicasAsked && have.Replicas != want.Replicas {
		if have.Replicas < want.Replicas {
			differ(&safe, "num_replicas", have.Replicas, want.Replicas)
			merged.Replicas = want.Replicas
		} else {
			differ(&unsafe, "num_replicas", have.Replicas, want.Replicas)
		}
	}
	return merged, safe, unsafe
}

// fixedDifferences are those that no update mends.
func fixedDifferences(have, want jetstream.StreamConfig) (list []string) {
	fixed := func(field string, is, should any) {
		if is != should {
			list = append(list, fmt.Sprintf("%s is %v, not %v", field, is, should))
		}
	}
	fixed("retention", have.Retention, want.Retention)
	fixed("storage", have.Storage, want.Storage)
	fixed("max_age", have.MaxAge, want.MaxAge)
	fixed("max_msgs", have.MaxMsgs, want.MaxMsgs)
	fixed("max_msgs_per_subject", have.MaxMsgsPerSubject, want.MaxMsgsPerSubject)
	fixed("discard_new_per_subject", have.DiscardNewPerSubject, want.DiscardNewPerSubject)
	fixed("no_ack", have.NoAck, want.NoAck)
	fixed("sealed", have.Sealed, want.Sealed)
	fixed("allow_rollup_hdrs", have.AllowRollup, want.AllowRollup)
	fixed("persist_mode", have.PersistMode, want.PersistMode)
	fixed("mirror", have.Mirror != nil, want.Mirror != nil)
	fixed("subject_transform", have.SubjectTransform != nil, want.SubjectTransform != nil)
	if have.MaxMsgSize >= 0 {
		list = append(list, fmt.Sprintf("max_msg_size is %v, not %v", have.MaxMsgSize, want.MaxMsgSize))
	}
	return list
}
