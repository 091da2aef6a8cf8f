/* What these pages need of Material's script, which is 35 KB: colours, the outline of what the keyboard focuses, folded
   parts, and the way into the search. At its first use Material's own is loaded, with all of its style, and takes over.
   The values that are stored are Material's (components/palette), so that all pages of the site agree. */
(() => {
  "use strict";

  const { bundle } = document.currentScript.dataset;
  const [palette, field] = ["palette", "search-query"].map((name) =>
    document.querySelector(`[data-md-component=${name}]`),
  );
  const toggle = document.getElementById("__search");
  const { body, head } = document;
  const ours = new AbortController(); // aborted when Material's script is there
  const on = (target, event, listener) => target?.addEventListener(event, listener, { signal: ours.signal });

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  document.documentElement.classList.replace("no-js", "js");

  const here = document.querySelector(".mi-nav [aria-current]"); // in sight, for want of scroll-initial-target in Safari
  if (here) {
    const { left, right } = here.getBoundingClientRect();
    here.closest("div").scrollLeft += Math.min(0, left - 16) + Math.max(0, right + 16 - innerWidth);
  }

  /* Fetched at once however often it is asked for; after a failure the next key tries again. */
  let asked;
  const load = () => {
    if (asked) return;
    const style = head.querySelector("link[data-full]");
    style?.after(...style.dataset.full.split(" ").map((href) => make("link", { rel: "stylesheet", href })));
    style?.removeAttribute("data-full");
    asked = make("script", { src: bundle });
    asked.onload = () => {
      ours.abort();
      // Where the address has an anchor, Material's closes the search, after 125 ms.
      if (location.hash) setTimeout(() => document.activeElement !== field || toggle.checked || toggle.click(), 150);
    };
    asked.onerror = () => (asked = asked.remove());
    body.append(asked);
  };

  const search = () => {
    on(document.querySelector("header [for=__search]"), "click", () => field.focus()); // iOS: within the click
    on(field, "focus", () => {
      load();
      setTimeout(() => (toggle.checked = true)); // a click on the label changes it first
    });
    on(field, "input", load);
    on(field.form, "submit", (event) => event.preventDefault());
    if (new URLSearchParams(location.search).has("q")) load();
  };

  const takesText = (element) =>
    element.matches("input:not([type=radio]),select,textarea") || element.isContentEditable;

  const onKey = (event) => {
    const { key } = event;
    if (event.metaKey || event.ctrlKey || event.isComposing) return;
    if (toggle?.checked) {
      if (key !== "Escape" && key !== "Tab") return;
      toggle.checked = false;
      field.blur();
    } else if (takesText(document.activeElement ?? body)) {
      return;
    } else if (field && ["f", "s", "/"].includes(key)) {
      event.preventDefault();
      field.focus();
      field.select();
    } else {
      const page = { p: "prev", ",": "prev", n: "next", ".": "next" }[key];
      const link = page && document.querySelector(`link[rel=${page}]`);
      if (link) location.assign(link.href);
    }
  };

  const colours = () => {
    const AUTOMATIC = "(prefers-color-scheme)";
    const inputs = [...palette.querySelectorAll("input")];
    const light = matchMedia("(prefers-color-scheme: light)");
    const bar = ["theme-color", "color-scheme"].map((name) => make("meta", { name }));
    head.append(...bar);
    ours.signal.onabort = () => bar.forEach((meta) => meta.remove());
    const value = (input, name) => input?.getAttribute(`data-md-color-${name}`);

    const stored = () => {
      try {
        return __md_get("__palette");
      } catch {
        return null; // no storage, or a policy that refuses the scripts in the page
      }
    };

    let index;
    const show = (chosen) => {
      index = Math.max(0, Math.min(chosen, inputs.length - 1));
      const media = value(inputs[index], "media");
      const shown = media === AUTOMATIC ? `(prefers-color-scheme: ${light.matches ? "light" : "dark"})` : media;
      const from = media === shown ? inputs[index] : inputs.find((input) => value(input, "media") === shown);
      const color = { media };
      for (const name of ["scheme", "primary", "accent"]) color[name] = value(from, name);
      body.setAttribute("data-md-color-switching", "");
      for (const name in color) body.setAttribute(`data-md-color-${name}`, color[name]);
      inputs.forEach((input, at) => {
        if (input.nextElementSibling?.matches("label")) input.nextElementSibling.hidden = at !== index;
      });
      try {
        __md_set("__palette", { index, color });
      } catch {
        // as above: it holds for this page
      }
      const style = getComputedStyle(document.querySelector("[data-md-component=header]"));
      bar[0].content = style.backgroundColor;
      bar[1].content = style.colorScheme;
      setTimeout(() => body.removeAttribute("data-md-color-switching"));
    };

    inputs.forEach((input, at) => on(input, "change", () => show(at)));
    on(palette, "keydown", ({ key }) => {
      if (key !== "Enter") return;
      const next = inputs[(index + 1) % inputs.length];
      next.click();
      next.focus();
    });
    on(light, "change", () => show(index));
    show(stored()?.index ?? inputs.findIndex((input) => matchMedia(value(input, "media")).matches));
  };

  /* Folded parts open for a link into them, and on paper. */
  const reveal = () => {
    const target = document.querySelector(":target");
    const folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };
  let unfolded = [];
  const unfold = () => {
    unfolded = [...document.querySelectorAll(".mi details:not([open])")];
    for (const part of unfolded) part.open = true;
  };
  const fold = () => {
    for (const part of unfolded) part.open = false;
  };

  if (field) search();
  on(window, "keydown", onKey);
  if (palette) colours();
  on(document, "focusin", ({ target }) => target.classList.toggle("focus-visible", target.matches(":focus-visible")));
  on(document, "focusout", ({ target }) => target.classList.remove("focus-visible"));
  on(window, "hashchange", reveal);
  on(window, "beforeprint", unfold);
  on(window, "afterprint", fold);
  reveal();
})();
