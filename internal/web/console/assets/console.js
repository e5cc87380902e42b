// What the pages gain by a script: news that come by themselves, marks that light up, a button that copies. Without it every page works.
"use strict";

function el(name, attributes, ...children) {
	const e = document.createElement(name);
	for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
	e.append(...children);
	return e;
}

// News of a list: a bar says how many there are, and the list stays as it is until somebody asks for them.
function live(box) {
	const words = box.dataset;
	const status = el("span", { role: "status" }, words.now);
	const show = el("a", { href: location.href, class: "button", hidden: "" });
	const pause = el("button", { type: "button" }, words.pause);
	box.append(show, status, pause);
	box.hidden = false;
	let source = null;
	let last = "";
	let count = 0;
	let told = 0;
	const tell = () => {
		show.hidden = count === 0;
		show.textContent = (count === 1 ? words.single : words.many).replace(/\d+/, String(count));
		document.title = document.title.replace(/^\(\d+\) /, "");
		if (count > 0) document.title = "(" + count + ") " + document.title;
		if (Date.now() - told > 5000) { // one message in five seconds is what somebody can listen to
			told = Date.now();
			status.textContent = count > 0 ? show.textContent : words.now;
			if (count > 0) status.className = "sr";
		}
	};
	const news = (e) => {
		last = e.lastEventId || last;
		count++;
		tell();
	};
	const open = () => {
		const url = new URL(words.live, location.href);
		if (last) url.searchParams.set("from", String(Number(last) + 1));
		source = new EventSource(url);
		source.addEventListener("message", news);
		for (const name of ["heartbeat", "end"]) source.addEventListener(name, (e) => { last = e.lastEventId || last; });
		source.addEventListener("error", () => {
			status.className = "";
			status.textContent = words.lost;
			if (source && source.readyState === EventSource.CLOSED) setTimeout(() => { if (source) open(); }, 3000);
		});
		source.addEventListener("open", () => { status.textContent = words.now; });
	};
	const close = () => {
		if (source) source.close();
		source = null;
	};
	const set = (on) => {
		localStorage.setItem("live", on ? "on" : "off");
		pause.textContent = on ? words.pause : words.resume;
		status.className = "";
		status.textContent = on ? words.now : words.paused;
		if (on) open(); else close();
	};
	pause.addEventListener("click", () => set(source === null));
	window.addEventListener("pagehide", close);
	set(localStorage.getItem("live") !== "off");
}

// A card lights its words in the text.
function cards() {
	for (const card of document.querySelectorAll("[data-mark]")) {
		const name = card.dataset.mark;
		const light = (on) => {
			for (const m of document.querySelectorAll('mark[data-m~="' + name + '"]')) m.classList.toggle("lit", on);
		};
		for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
			card.addEventListener(event, () => light(on));
		}
	}
}

function copies() {
	for (const button of document.querySelectorAll("[data-copy]")) {
		button.hidden = !navigator.clipboard;
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
			const before = button.textContent;
			button.textContent = button.dataset.done;
			setTimeout(() => { button.textContent = before; }, 2000);
		});
	}
}

// Links that name a key follow it, unless somebody types.
function keys() {
	document.addEventListener("keydown", (e) => {
		if (e.target.closest("input, select, textarea, pre, [tabindex='0']") || e.ctrlKey || e.altKey || e.metaKey) return;
		const link = document.querySelector('[data-key="' + e.key + '"]');
		if (link) link.click();
	});
}

// A link to something inside closed details opens them.
function reveal() {
	const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
	if (target && target.tagName === "DETAILS") target.open = true;
}

for (const box of document.querySelectorAll("[data-live]")) live(box);
cards();
copies();
keys();
reveal();
window.addEventListener("hashchange", reveal);
