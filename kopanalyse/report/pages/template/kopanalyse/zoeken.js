"use strict";
/* Filters an index by the words that a reader types. An entry stays when each word is found in it, above it or under it. */
(() => {
  const effen = (tekst) => tekst.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const veld = document.getElementById("zoek"), gevonden = document.getElementById("gevonden");
  const toon = (knoop, woorden) => {
    const rest = woorden.filter((woord) => !effen(knoop.dataset.zoek).includes(woord));
    const onder = [...knoop.querySelectorAll("[data-zoek]")].filter((k) => k.parentElement.closest("[data-zoek]") === knoop);
    const links = onder.reduce((som, kind) => som + toon(kind, rest), 0);
    const zelf = rest.length === 0 && knoop.matches("li") && knoop.querySelector(":scope > a") ? 1 : 0;
    knoop.hidden = !links && rest.length > 0;
    return links + zelf;
  };
  veld.addEventListener("input", () => {
    const woorden = effen(veld.value).split(/\s+/).filter(Boolean);
    const boven = [...document.querySelectorAll("section[data-zoek]")];
    const aantal = boven.reduce((som, knoop) => som + toon(knoop, woorden), 0);
    gevonden.textContent = !woorden.length ? "" : aantal ? `${aantal} gevonden` : "Niets gevonden";
  });
  veld.closest("[hidden]").hidden = false;
})();
