/* The state of a status site on another site: a banner while something is wrong, and nothing while all is well.

   <script src="ADDRESS-OF-THE-STATUS-SITE/assets/incidents/embed.js" async></script>

   The banner stands at the top of the page, or inside the element with the attribute data-incidents-banner.
   It needs nothing else, sets no cookie, and asks the status site only, every two minutes while the page is seen. */
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script || !window.fetch) return;
  var address = new URL("../../embed.html", script.src).href;
  var home = new URL("../../", script.src).href;
  var banner = document.createElement("div");
  banner.className = "incidents-banner";

  function show(html) {
    var published = new DOMParser().parseFromString(html, "text/html").querySelector("[data-state]");
    banner.textContent = "";
    banner.hidden = !published;
    if (!published) return;
    // Texts only, so that nothing but words and one link can come from there.
    var line = document.createElement("p");
    var link = document.createElement("a");
    var state = document.createElement("strong");
    line.lang = published.lang;
    line.setAttribute("role", "status");
    line.style.cssText = "margin:0;padding:.75em 1em;font:1em/1.4 system-ui,sans-serif;background:#fff4ce;color:#1f1f1f";
    state.textContent = published.querySelector("strong").textContent;
    link.textContent = published.querySelector("a").textContent;
    link.href = home;
    link.style.color = "inherit";
    line.append(state, ": ", link);
    banner.append(line);
    banner.setAttribute("data-state", published.getAttribute("data-state"));
    if (!banner.isConnected) {
      var place = document.querySelector("[data-incidents-banner]");
      if (place) place.append(banner);
      else document.body.prepend(banner);
    }
  }

  function ask() {
    if (document.hidden) return;
    fetch(address, { cache: "no-cache", credentials: "omit" })
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(answer.status);
      })
      .then(show)
      .catch(function () {}); // The status site cannot be reached: the last state stands.
  }

  function begin() {
    ask();
    setInterval(ask, 120000);
    document.addEventListener("visibilitychange", ask);
  }

  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
