"""Follows a feed and prints each quote as "title, speaker: quote", until Ctrl-C.

    pip install -r requirements.txt && python subscriber.py nats://127.0.0.1:4222 [LAND]
"""

import asyncio
import hashlib
import json
import signal
import sys
from urllib.parse import unquote

import nats
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy


async def main(url: str, land: str) -> None:
    stopped = asyncio.Event()
    for sig in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sig, stopped.set)
    nc = await nats.connect(url, max_reconnect_attempts=-1, name="kreispresse example")
    js = nc.jetstream()
    # The broker remembers under this name how far the subscriber is. Filter and start are fixed when the name is first used: both are part of the
    # name, so that another filter begins anew instead of silently leaving out the past.
    subject = f"press.v1.release.{land.lower() or '*'}.*.*"
    start = DeliverPolicy.LAST_PER_SUBJECT  # the newest event of each release, then live; DeliverPolicy.ALL is everything
    name = "example-py-" + hashlib.sha256(f"{subject}\n{start.value}".encode()).hexdigest()[:8]
    config = ConsumerConfig(
        durable_name=name, filter_subject=subject, deliver_policy=start, ack_policy=AckPolicy.EXPLICIT, ack_wait=60
    )
    await js.add_consumer("PRESS", config)
    consumer = await js.pull_subscribe_bind(consumer=name, stream="PRESS")
    while not stopped.is_set():
        try:
            batch = await consumer.fetch(64, timeout=1)
        except nats.errors.TimeoutError:  # nothing new
            continue
        for m in batch:
            take(m.metadata.sequence.stream, m.headers or {}, json.loads(m.data))
            await m.ack()  # after the work: an event that is not acknowledged comes again
    await nc.drain()


def take(sequence: int, headers: dict, release: dict) -> None:
    """Deals with an event. It may come twice, so what this does must bear being done twice: store releases by their id, and let a lower revision not
    replace a higher one."""

    def attribute(name: str) -> str:
        return unquote(headers.get("ce-" + name, ""))

    kind = attribute("type").removeprefix("de.kreispresse.release.").removesuffix(".v1")
    title = release.get("title", "")
    if kind == "erased":  # erase every copy, and every revision
        print(f"{sequence} erased: {attribute('subject')}", flush=True)
    elif kind == "withdrawn":  # the authority has taken it down
        print(f"{sequence} withdrawn: {title} ({attribute('reason')})", flush=True)
    elif kind in ("published", "corrected", "reextracted"):  # replace what you have of it
        if changes := attribute("changes"):  # field:class,field:class
            print(f"{sequence} {title}: changed {changes}", flush=True)
        for quote in release.get("quotes", []):
            if quote.get("speaker"):
                print(f"{sequence} {title}, {quote['speaker']['name']}: {quote['text']}", flush=True)
    # a type that this program does not know: later versions may have more


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: subscriber.py NATS-URL [LAND]")
    asyncio.run(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))
