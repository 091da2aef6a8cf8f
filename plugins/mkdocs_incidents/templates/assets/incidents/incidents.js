/* What time changes on a page that was built once: ages, promises that fell due, work that begins, the page itself.
   Without it everything on the page is true as of the time it states. No library, no other host, no storage. */
(() => {
  "use strict";

  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const STALE_WHILE_OPEN = 30 * MINUTE;
  const STALE = 24 * HOUR;

  const root = () => document.querySelector(".mi[data-words]");
  /* A page about now; one without data-built learns the time of the build from now.json. */
  const present = () => document.querySelector(".mi[data-now]");
  const lang = document.documentElement.lang || "en";
  let timer = 0;

  const say = (word, value) => JSON.parse(root().dataset.words)[word].replace("{}", value);
  const written = (date, style) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, style).format(date);
  const clock = (date) => written(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  const unit = (count, name) =>
    new Intl.NumberFormat(lang, { style: "unit", unit: name, unitDisplay: "short" }).format(count);

  /* As the page itself writes it. */
  const duration = (ms) => {
    const minutes = Math.max(0, Math.floor(ms / MINUTE));
    const parts = [[minutes / 1440, "day"], [(minutes % 1440) / 60, "hour"], [minutes % 60, "minute"]];
    const some = parts.filter(([count]) => count >= 1).map(([count, name]) => unit(Math.floor(count), name));
    return some.join(" ") || say("under", unit(1, "minute"));
  };

  const ago = (ms) => {
    const hours = ms / HOUR;
    const [count, name] = hours >= 48 ? [hours / 24, "day"] : hours >= 1 ? [hours, "hour"] : [hours * 60, "minute"];
    return new Intl.RelativeTimeFormat(lang).format(-Math.floor(count), name);
  };

  /* An instant on the reader's clock, with the day if it differs. */
  const tellReadersClock = (page) => {
    for (const time of page.querySelectorAll(".asof time, .updates time, .when time")) {
      const at = new Date(time.dateTime);
      const stated = time.dateTime.slice(0, 16);
      const local = new Date(at - at.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
      if ("here" in time.dataset || local === stated || !at.getTimezoneOffset()) continue; // UTC stands there
      time.dataset.here = "";
      const day = written(at, { day: "numeric", month: "short" });
      const when = local.slice(0, 10) === stated.slice(0, 10) ? clock(at) : `${day}, ${clock(at)}`;
      const inList = time.closest(".when");
      const note = document.createElement("span");
      note.className = inList ? "utc" : "";
      note.textContent = inList ? say("yours", when) : " · " + say("here", when);
      const next = time.nextElementSibling;
      if (inList) inList.append(" ", note);
      else (next?.matches(".nb") ? next : time).after(note);
    }
  };

  const relabel = (page, now) => {
    for (const age of page.querySelectorAll("[data-since]")) {
      age.textContent = say("so_far", duration(now - Date.parse(age.dataset.since)));
    }
    for (const promise of page.querySelectorAll("[data-due]")) {
      if (now < Date.parse(promise.dataset.due) || "late" in promise.dataset) continue;
      promise.dataset.late = "";
      promise.textContent = say("overdue", promise.querySelector("time").textContent);
    }
    for (const work of page.querySelectorAll("[data-from]")) {
      if (now >= Date.parse(work.dataset.until)) work.textContent = say("ended", "");
      else if (now >= Date.parse(work.dataset.from)) work.textContent = say("in_progress", "");
    }
  };

  /* On a page of the past, too, which states the day. */
  const tellLate = () => {
    for (const tag of document.querySelectorAll(".mi [data-late]")) {
      if (Date.now() < Date.parse(tag.dataset.lateFrom)) continue;
      const icon = tag.closest(".promise").querySelector(".i");
      tag.textContent = tag.dataset.late;
      for (const marked of [tag, icon]) marked.classList.replace("no_data", "partial_outage");
      icon.innerHTML = '<use xlink:href="#partial_outage"/>';
    }
  };

  const isOpen = (page) => Date.now() >= Date.parse(page.dataset.open); // planned work: later

  const tellStale = (page, now) => {
    const age = now - Date.parse(page.dataset.built);
    let notice = page.querySelector(".stale");
    if (age <= (isOpen(page) ? STALE_WHILE_OPEN : STALE)) return notice?.remove();
    if (!notice) {
      notice = document.createElement("p");
      notice.className = "stale wrap";
      notice.setAttribute("role", "status");
      page.prepend(notice);
    }
    const text = say("stale", ago(age));
    if (notice.textContent !== text) notice.textContent = text;
  };

  /* Take over a newer build of this page; what was folded open stays open. */
  const replace = async (page) => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = fresh.querySelector(".mi[data-words]");
    if (!next || !page.isConnected) return; // instant navigation went on
    const open = new Set([...page.querySelectorAll("details[open]>summary .name")].map((name) => name.textContent));
    for (const name of next.querySelectorAll("details>summary .name")) {
      if (open.has(name.textContent)) name.closest("details").open = true;
    }
    const style = [...document.querySelectorAll('link[href*="assets/stylesheets/"]')].at(-1);
    for (const link of [...fresh.querySelectorAll("link[rel=stylesheet]")].reverse()) {
      const { href } = link; // what is new on the page may need more of the theme's style
      if (![...document.styleSheets].some((sheet) => sheet.href === href)) style?.after(document.adoptNode(link));
    }
    page.replaceWith(document.adoptNode(next));
    const foot = fresh.querySelector(".mi-foot");
    if (foot) document.querySelector(".mi-foot")?.replaceWith(document.adoptNode(foot));
    document.title = fresh.title;
    const [icon, shown] = [fresh, document].map((at) => at.querySelector('link[rel="icon"][type="image/svg+xml"]'));
    if (icon && shown) shown.href = icon.href;
  };

  const tellNews = (text) => {
    for (const news of document.querySelectorAll(".mi .news")) news.textContent = text;
  };

  const refresh = async () => {
    const page = present();
    if (!page || location.protocol === "file:") return tick(); // no script may read files
    try {
      const answer = await fetch(page.dataset.now, { cache: "no-store" });
      if (!answer.ok) return;
      const { built_at: built } = await answer.json();
      if (!page.isConnected) return;
      if (Date.parse(built) > Date.parse(page.dataset.built || page.dataset.seen)) await replace(page);
      const shown = root();
      shown.dataset.seen = built;
      const when = written(new Date(built), { dateStyle: "medium", timeStyle: "short" });
      const text = "built" in shown.dataset ? say("checked", clock(new Date())) : say("as_of", say("yours", when));
      tellNews(text);
    } catch {
      tellNews(say("reload", "")); // offline
    } finally {
      tick();
    }
  };

  const tick = () => {
    const page = root();
    if (!page) return;
    const now = Date.now();
    tellReadersClock(page);
    relabel(page, now);
    if (page.dataset.built) tellStale(page, now);
  };

  const everyMinute = () => {
    const page = root();
    if (!page || document.hidden) return;
    if (isOpen(page)) refresh();
    else tick();
  };

  /* Text to copy stays text to select; a button comes where it works. */
  const offerCopying = () => {
    if (!navigator.clipboard) return;
    for (const code of document.querySelectorAll(".mi [data-copy]")) {
      if (code.nextElementSibling) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say("copy", "");
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = say("copied", "");
        setTimeout(() => (button.textContent = say("copy", "")), 2000);
      });
      code.after(" ", button);
    }
  };

  const start = () => {
    clearInterval(timer);
    tellLate();
    if (!root()) return;
    tick();
    offerCopying();
    timer = setInterval(everyMinute, MINUTE);
    if (!root().dataset.built) refresh();
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  /* Material's instant navigation changes the page under the script. */
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
