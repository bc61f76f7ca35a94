"use strict";
// Theme, keyboard, dialogs. Writes text only; nothing here builds markup.
(() => {
  const root = document.documentElement;

  // htmx puts answers of our own pages into the document. This is the only policy, and it makes
  // markup alone: no script and no address of a script can be made through it.
  if (window.trustedTypes && window.trustedTypes.createPolicy) {
    window.trustedTypes.createPolicy("default", { createHTML: (text) => text });
  }

  const say = (words) => {
    const place = document.getElementById("say");
    if (place) {
      place.textContent = words;
      window.setTimeout(() => { if (place.textContent === words) place.textContent = ""; }, 6000);
    }
  };
  window.remitSay = say;

  const toggleTheme = () => {
    const isDark = root.dataset.theme === "dark"
        || (root.dataset.theme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = isDark ? "light" : "dark";
    document.cookie = `remit-theme=${root.dataset.theme}; Path=/; SameSite=Lax; Max-Age=31536000`;
    say(`${root.dataset.theme} colours`);
  };

  const areShortcutsOff = () => window.localStorage.getItem("remit-shortcuts") === "off";

  const showShortcuts = () => {
    const dialog = document.getElementById("shortcuts");
    if (dialog && !dialog.open) {
      dialog.querySelector("[data-shortcuts-off]").checked = areShortcutsOff();
      dialog.showModal();
    }
  };

  const move = (step) => {
    const links = [...document.querySelectorAll("[data-row] a, [data-row] button")]
        .filter((link, i, all) => all.findIndex((other) => other.closest("[data-row]") === link.closest("[data-row]")) === i);
    if (links.length === 0) return;
    const row = document.activeElement ? document.activeElement.closest("[data-row]") : null;
    const now = links.findIndex((link) => link.closest("[data-row]") === row);
    const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + step));
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
  };

  const here = document.querySelector(".nav [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });

  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || areShortcutsOff()) {
      waitsForPlace = false;
      return;
    }
    if (waitsForPlace) {
      waitsForPlace = false;
      const link = [...document.querySelectorAll("[data-go]")].find((place) => place.dataset.go === event.key);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "g": waitsForPlace = true; break;
      case "?": showShortcuts(); break;
      default: return;
    }
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target && target.closest("[data-theme-toggle]")) toggleTheme();
    if (target && target.closest("[data-shortcuts]")) showShortcuts();
    for (const open of document.querySelectorAll("details.picker[open]")) {
      if (!target || !open.contains(target)) open.open = false;
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-shortcuts-off]")) {
      window.localStorage.setItem("remit-shortcuts", event.target.checked ? "off" : "on");
    }
  });

  // The session is over or the card is gone: load the page again, which says so in words.
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail && event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 401 || status === 403 || status === 404) window.location.reload();
    else say("the server could not be read; trying again");
  });
  document.addEventListener("htmx:sendError", () => say("the server is away; trying again"));

  // What may be answered changed while it was read: the rest of the page has to say the same.
  document.addEventListener("htmx:afterSwap", () => {
    const live = document.getElementById("live");
    const form = document.querySelector("form[data-answer]");
    if (live && form && live.dataset.state !== "OPEN" && !form.dataset.busy) window.location.reload();
  });
})();
